"""The command line: one module a verb, loaded when it is called; `verbs` lists them.

A verb that needs more of the library than an open collection is declared here, and done in `work`:
its help and completion load nothing of the library.

::

    main         the command `archive`: finding verbs, errors, exit codes
    verbs        the table of commands: module, schemas, what they write, exit codes
    options      what several verbs take
    output       stdout and stderr: plain, coloured, JSON; web text never raw
    captures     a capture as a line, as JSON, in full; what changed in it
    attribution  claims, conflicts, quotations
    changes      a comparison
    asking       what authorities and witnesses answered
    following    `log follow`
    pages        the file that `--html` names
    terminal     styles and lines broken between words (rich)
    work         what verbs do, where that needs much
"""

"""The command line: one module a verb, loaded when it is called; `verbs` lists them.

::

    main         the command `archive`: finding verbs, errors, exit codes
    verbs        the table of commands: module, schemas, what they write, exit codes
    options      what several verbs take
    output       stdout and stderr: plain, coloured, JSON; web text never raw
    captures     a capture as a line, as JSON, in full
    attribution  claims, conflicts, quotations
    changes      a comparison
    asking       what authorities and witnesses answered
    following    `log follow`
    pages        the file that `--html` names
"""

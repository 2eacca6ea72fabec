"""What the verdicts are measured by: made pages and real ones, each with what is right.

None of it is shared with the rules that are measured. ::

    interface   the one place that knows the program
    scoring     cases, verdicts, figures and their targets
    corpus      the real pages
    shapes      one sentence in every markup, and out of sight
    walls       pages that are not the article, and articles that look like it
    claims      short facts, news about subscriptions, printed corrections
    noise       what changes although nobody edited, put into pages
    quiet       pages with noise, new class names, other wrapping
    lost        edits that the extracted text does not show; what of the truth is held
    silence     pairs that are judged, and pairs that cannot be
    hostile     pages made to break a comparison
"""

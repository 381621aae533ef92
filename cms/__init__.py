"""Published pages: resources for parents, guidance for staff, the words we use. No case data.

Wagtail holds it. Nothing here knows ``programme``; pages of either link to the other by URL name.
"""

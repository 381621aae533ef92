"""What an editor can do to words. Short on purpose: whatever is not here is taken out on saving."""

FEATURES = ["h2", "h3", "bold", "ol", "ul", "link", "document-link"]
# A sentence or two beside something else: no headings.
SHORT_FEATURES = ["bold", "link"]

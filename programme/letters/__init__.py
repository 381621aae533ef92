"""Letters about a parent, kept low so that whoever changes her address can ask for them."""

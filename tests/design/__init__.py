"""The design system: fields, components, pages for when something went wrong."""

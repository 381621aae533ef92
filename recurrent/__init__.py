"""The Django project: settings, addresses, server entry, design system. It knows no domain."""

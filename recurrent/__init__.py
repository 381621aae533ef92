"""The Django project: settings, addresses, server entry and the design system. It knows no domain."""

"""The design system: how every page, form and component looks, and how a page uses it.

A page
    Extends ``base.html`` and fills ``title``, ``content`` and, where it helps, ``before_content``
    (back link, breadcrumbs) and ``aside`` (the third column on a desk)::

        {% extends "base.html" %}
        {% block title %}Log a contact, record {{ parent.reference }}{% endblock %}
        {% block before_content %}{% back_link parent_url "Record" %}{% endblock %}
        {% block content %}
          <h1 class="govuk-heading-l">Log a contact</h1>
          <form method="post" novalidate>{% csrf_token %}
            {{ form }}
            {% button "Save contact" %}
          </form>
        {% endblock %}

    Titles carry a reference, never a name. ``base.html`` itself puts "Error: " before the title
    and the error summary above the content, for the context's ``form`` and each of ``forms``
    (a list of forms and formsets). ``navigation`` in the context is the menu: a list of
    ``components.NavigationItem``. The tags are built in: no ``{% load %}``.

A form
    Inherits ``recurrent.design.forms.Form`` or ``ModelForm`` and uses ``recurrent.design.fields``.
    A ``ModelForm`` gives each model field its design field by itself. ``{{ form }}`` draws every
    field; ``{% field form.note %}`` draws one. Only hints, labels and kind messages are written::

        class ContactForm(forms.ModelForm[Contact]):
            happened_at = fields.WhenField(label="When", called="when it happened", initial="now")
            kind = fields.ChoiceField(label="How", choices=KINDS, inline=True)
            outcome = fields.ChoiceField(
                label="What happened",
                choices=OUTCOMES,
                hints={"missed": "You went, and nobody was there"},
                reveals={"missed": ["missed_reason"]},
            )
            missed_reason = fields.ChoiceField(label="Whose reason was it?", choices=REASONS)

    * ``called`` is how the thing is named inside a message: "Enter the due date".
    * A revealed field's ``required`` counts only when it is shown; what was typed in a field that
      is not shown is not validated and comes out empty.
    * ``add_error`` with a field the form does not have puts the words at the top of the form, so
      ``form.add_error(problem.field, problem.message)`` is safe for every ``RuleBroken``.
    * In tests and scripts a date may be posted as three boxes (``held_on_day``, ``_month``,
      ``_year``) or as one value (``held_on="2026-03-27"``); a moment as ``when="now"``,
      ``when="today"`` with ``when_time="14:30"``, ``when="other"`` with ``when_day``,
      ``when_month``, ``when_year`` and ``when_at``, or one value ``when="2026-03-27T14:30"``.

Components
    ``templatetags/design.py`` lists the tags and filters; ``components.py`` has the small classes
    they take. The gallery (``design:gallery``) shows each in every state.
"""

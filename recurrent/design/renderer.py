"""How Django draws forms and fields here; widgets of others (Wagtail's) keep their own look."""

from django.forms.renderers import TemplatesSetting


class DesignRenderer(TemplatesSetting):
    """Draws ``{{ form }}`` and ``{{ field.as_field_group }}`` with our templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    formset_template_name = "components/formset.html"

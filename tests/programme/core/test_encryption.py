import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from simple_history.models import HistoricalRecords

from programme.core.encryption import EncryptedTextField, scramble, unscramble

OLD, NEW = "old-key-old-key-old-key", "new-key-new-key-new-key"
ADDRESS = "12 Tŷ Gwyn, where she is safe"


@pytest.fixture
def note_model(db):
    """A table that lives as long as the test, with one scrambled column."""
    with isolate_apps("programme"):

        class ScrambledNote(models.Model):
            text = EncryptedTextField(null=True, blank=True)

            class Meta:
                app_label = "programme"
                db_table = "scrambled_note"

        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE scrambled_note (id integer, text text)")
        yield ScrambledNote
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE scrambled_note")


def kept(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM scrambled_note WHERE id = %s", [number])
        return cursor.fetchone()[0]


def test_text_is_scrambled_in_the_database_and_plain_in_python(note_model):
    note_model.objects.bulk_create([note_model(id=1, text=ADDRESS), note_model(id=2, text=ADDRESS)])

    assert [note.text for note in note_model.objects.order_by("id")] == [ADDRESS, ADDRESS]
    assert "safe" not in kept(1)
    assert kept(1) != kept(2)
    assert unscramble(kept(1)) == ADDRESS


def test_a_saved_change_is_scrambled_too(note_model):
    note = note_model.objects.create(id=1, text="before")

    note.text = "after"
    note.save()
    assert unscramble(kept(1)) == "after"

    note_model.objects.filter(id=1).update(text="later")
    assert unscramble(kept(1)) == "later"

    note.text = "last"
    note_model.objects.bulk_update([note], ["text"])
    assert unscramble(kept(1)) == "last"


@pytest.mark.parametrize("blank", ["", None])
def test_blank_stays_blank(note_model, blank):
    note_model.objects.create(id=1, text=blank)

    assert kept(1) == blank
    assert note_model.objects.get().text == blank


def test_only_whether_it_is_there_can_be_asked(note_model):
    note_model.objects.bulk_create([note_model(id=1, text=ADDRESS), note_model(id=2, text=None)])

    assert [note.id for note in note_model.objects.filter(text__isnull=False)] == [1]
    for lookup in ("text", "text__contains", "text__in", "text__startswith"):
        with pytest.raises(FieldError, match="text is kept scrambled"):
            list(note_model.objects.filter(**{lookup: ADDRESS}))


def test_the_first_key_scrambles_and_every_key_reads(settings):
    settings.FIELD_KEYS = [OLD]
    written_before = scramble(ADDRESS)

    settings.FIELD_KEYS = [NEW, OLD]
    written_after = scramble(ADDRESS)
    assert (unscramble(written_before), unscramble(written_after)) == (ADDRESS, ADDRESS)

    settings.FIELD_KEYS = [NEW]
    assert unscramble(written_after) == ADDRESS
    with pytest.raises(ImproperlyConfigured, match="No key in FIELD_KEYS"):
        unscramble(written_before)


def test_a_changed_token_is_refused():
    token = scramble(ADDRESS)
    middle = len(token) // 2
    changed = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]

    with pytest.raises(ImproperlyConfigured) as problem:
        unscramble(changed)

    assert token[:20] not in str(problem.value)


def test_without_a_key_nothing_is_kept(settings):
    settings.FIELD_KEYS = []

    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS is empty"):
        scramble(ADDRESS)


@pytest.mark.parametrize(
    ("keys", "problems"),
    [
        ([], ["programme.E001"]),
        (["short"], ["programme.E001"]),
        ([NEW, "short"], ["programme.E001"]),
        ([NEW], []),
        ([NEW, OLD], []),
    ],
)
def test_a_system_check_asks_for_keys(settings, note_model, keys, problems):
    settings.FIELD_KEYS = keys

    assert [problem.id for problem in note_model._meta.get_field("text").check()] == problems


def test_a_migration_can_write_the_field_down():
    _, path, arguments, options = EncryptedTextField(blank=True).deconstruct()

    assert path == "programme.core.encryption.EncryptedTextField"
    assert (arguments, options) == ([], {"blank": True})


def test_history_keeps_the_field_scrambled(note_model):
    copied = HistoricalRecords().copy_fields(note_model)["text"]

    assert type(copied) is EncryptedTextField
    assert unscramble(copied.get_db_prep_save(ADDRESS, connection)) == ADDRESS

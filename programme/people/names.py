"""Names as they are looked for: plain words, in any spelling that sounds alike."""

import re
import unicodedata

import jellyfish

# Marks a sound, a beginning and an ending among the words of a key.
SOUND, BEGINS, ENDS = "=", "^", "$"
# Two mistakes seldom touch both the first and the last letters of both names.
LETTERS = 3


def words_of(text: str) -> list[str]:
    """The words of a name: small letters without accents; ``O'Neill`` is one word."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", plain))


def sound_of(word: str) -> str:
    """How a word sounds, by Metaphone (Philips 1990): ``sian`` and ``shan`` are one."""
    return jellyfish.metaphone(word).replace(" ", "").lower()


def keys_of(*texts: str) -> str:
    """What is kept beside names to find them by, between spaces.

    Each word, how it sounds, how it begins (one to three letters) and how it ends (three).
    """
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))
    sounds = [SOUND + sound for sound in map(sound_of, words) if sound]
    begins = [BEGINS + word[:length] for word in words for length in range(1, LETTERS + 1)]
    ends = [ENDS + word[-LETTERS:] for word in words if len(word) >= LETTERS]
    keys = dict.fromkeys([*words, *sounds, *begins, *ends])
    return f" {' '.join(keys)} " if words else ""


def words_in(keys: str) -> list[str]:
    """The words among the keys of a row."""
    return [key for key in keys.split() if key[0] not in (SOUND, BEGINS, ENDS)]


def ways_of(word: str) -> dict[str, int]:
    """The keys by which a word that is asked may be found, with what each counts."""
    sound = sound_of(word)
    ways = {word: 4, BEGINS + word[:LETTERS]: 2}
    if sound:
        ways[SOUND + sound] = 3
    if len(word) > LETTERS:
        ways[ENDS + word[-LETTERS:]] = 1
    return ways


def digits_of(*texts: str) -> str:
    """The digits of a telephone number, in one row."""
    return "".join(re.findall(r"\d", " ".join(texts)))

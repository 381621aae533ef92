"""Names as they are looked for: plain words, in any spelling that sounds alike."""

import re
import unicodedata

import jellyfish

# Marks a sound among the words of a key.
SOUND = "="


def words_of(text: str) -> list[str]:
    """The words of a name: small letters without accents; ``O'Neill`` is one word."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", re.sub(r"['’`]", "", plain))


def sound_of(word: str) -> str:
    """How a word sounds, by Metaphone (Philips 1990): ``sian`` and ``shan`` are one."""
    return jellyfish.metaphone(word).replace(" ", "").lower()


def keys_of(*texts: str) -> str:
    """What is kept beside names to find them by: each word, and each sound, between spaces."""
    words = list(dict.fromkeys(word for text in texts for word in words_of(text)))
    sounds = dict.fromkeys(SOUND + sound for sound in map(sound_of, words) if sound)
    return f" {' '.join([*words, *sounds])} " if words else ""


def digits_of(*texts: str) -> str:
    """The digits of a telephone number, in one row."""
    return "".join(re.findall(r"\d", " ".join(texts)))

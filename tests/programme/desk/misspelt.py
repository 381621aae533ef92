"""People with ordinary names, and names as they are heard, made by rule."""

from collections.abc import Callable
from random import Random

GIVEN = (
    "Abigail Aisha Alice Amanda Amelia Angharad Anna Bethan Bronwen Caitlin Carys Catherine"
    " Charlotte Chloe Claire Danielle Deborah Donna Eleri Elizabeth Ellie Emma Fatima Ffion"
    " Gemma Georgina Gillian Grace Gwenllian Hannah Harriet Heather Holly Imogen Isabelle"
    " Jacqueline Jade Jasmine Jennifer Jessica Joanne Kathryn Kayleigh Kelly Kimberley Laura"
    " Leanne Lindsey Louise Lucy Lynette Margaret Megan Melissa Michelle Naomi Natalie Nicola"
    " Olivia Paige Patricia Philippa Rachel Rebecca Rhiannon Samantha Sarah Shannon Sharon"
    " Sian Siobhan Sophie Stacey Stephanie Susan Tamara Tanya Teresa Tracey Vanessa Victoria"
    " Yasmin Zoe Aaron Adam Alistair Andrew Anthony Benjamin Callum Christopher Connor Craig"
    " Daniel Darren David Dylan Edward Gareth Geoffrey Graham Hywel Jason Jonathan Jordan"
    " Joshua Kieran Kenneth Lewis Liam Marcus Matthew Michael Mohammed Nathan Nicholas Oliver"
    " Patrick Philip Rhys Ricky Robert Ryan Sean Stephen Stuart Terence Thomas Timothy Tristan"
    " Wayne William Zachary"
).split()
FAMILY = (
    "Ahmed Akhtar Anderson Armstrong Atkinson Bailey Barker Barnes Begum Bennett Bradley"
    " Brennan Brooks Burgess Butterworth Callaghan Campbell Carpenter Chapman Clarke Collins"
    " Cooper Crawford Cunningham Davidson Davies Dickinson Donnelly Doyle Edwards Elliott"
    " Ellis Evans Farrell Fitzgerald Fletcher Foster Gallagher Gardner Gibson Goodwin Graham"
    " Greenwood Griffiths Hamilton Harrison Hartley Henderson Hewitt Higgins Hodgson Holland"
    " Houghton Howarth Hughes Hussain Hutchinson Ingram Jackson Jenkins Jennings Johnston Kaur"
    " Kavanagh Kendall Khan Lawrence Lloyd Lowe MacDonald Marshall Matthews McCarthy McKenzie"
    " Mitchell Montgomery Moore Morgan Murphy Nicholson Nolan Nowak Osborne Parkinson Patel"
    " Pearson Phillips Powell Preston Pritchard Quinn Ramsden Reynolds Richardson Roberts"
    " Robinson Rowlands Sanderson Schofield Shepherd Simpson Sinclair Slater Stevenson Stewart"
    " Sullivan Sutcliffe Taylor Thompson Thornton Tomlinson Turner Vaughan Wainwright Wallace"
    " Walsh Watkins Webster Whitehead Wilkinson Williams Winterbottom Woodward Wright Yates"
).split()
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuiopqsdfghjklaxcvbnmz", strict=True))
SOUNDS = [("ph", "f"), ("ck", "k"), ("c", "k"), ("k", "c"), ("ie", "y"), ("y", "i"), ("gh", "g")]
SOUNDS += [("ou", "ow"), ("ai", "ay"), ("ee", "ea"), ("s", "z"), ("wh", "w"), ("th", "t")]
VOWELS = "aeiou"


def double(dice: Random, word: str) -> str:
    at = dice.randrange(1, len(word))
    return word[:at] + word[at - 1] + word[at:]


def drop(dice: Random, word: str) -> str:
    at = dice.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def swap(dice: Random, word: str) -> str:
    at = dice.randrange(0, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def slip(dice: Random, word: str) -> str:
    at = dice.randrange(0, len(word))
    return word[:at] + NEIGHBOURS[word[at]] + word[at + 1 :]


def other_vowel(dice: Random, word: str) -> str:
    places = [at for at, sign in enumerate(word) if sign in VOWELS] or [0]
    at = dice.choice(places)
    return word[:at] + dice.choice(VOWELS) + word[at + 1 :]


def as_heard(dice: Random, word: str) -> str:
    fitting = [(one, other) for one, other in SOUNDS if one in word]
    if not fitting:
        return double(dice, word)
    one, other = dice.choice(fitting)
    return word.replace(one, other, 1)


RULES: list[Callable[[Random, str], str]] = [double, drop, swap, slip, other_vowel, as_heard]


def misspelt(dice: Random, word: str) -> str:
    """The word with one mistake that changes it."""
    while (wrong := dice.choice(RULES)(dice, word.lower())) == word.lower():
        pass
    return wrong

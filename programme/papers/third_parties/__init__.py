"""Finding whoever a paper speaks of besides the parent, before it leaves."""

from programme.papers.third_parties.finder import Known, Piece, Question, pieces, questions, without
from programme.papers.third_parties.names import known_to

__all__ = ["Known", "Piece", "Question", "known_to", "pieces", "questions", "without"]

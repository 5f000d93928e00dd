"""The measures of an evaluation as a table for a terminal."""

from collections.abc import Sequence

from knowledge.evaluation import Figures, Result, by_style, figures

_HEAD = f"{'style':12}{'questions':>10}{'S@1':>7}{'S@3':>7}{'S@5':>7}{'MRR@10':>8}{'nDCG@10':>9}{'refused':>9}{'doubted':>9}"


def table(results: Sequence[Result]) -> str:
    """A line for each style, the answerable ones together, then the refusals of what the corpus does not answer."""
    answerable = [result for result in results if result.question.answers]
    others = [result for result in results if not result.question.answers]
    lines = [_HEAD]
    lines += [_line(style, figures(some)) for style, some in by_style(answerable).items()]
    lines.append(_line("all", figures(answerable)))
    lines += [_refused(style, figures(some)) for style, some in by_style(others).items()]
    return "\n".join(lines)


def _line(style: str, one: Figures) -> str:
    return (
        f"{style:12}{one.questions:>10}{one.success1:>7.3f}{one.success3:>7.3f}{one.success5:>7.3f}"
        f"{one.mrr:>8.3f}{one.ndcg:>9.3f}{one.refused:>9.3f}{one.doubted:>9.3f}"
    )


def _refused(style: str, one: Figures) -> str:
    return f"{style:12}{one.questions:>10}{one.refused:>47.3f}{one.doubted:>9.3f}"

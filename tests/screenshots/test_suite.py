"""The table of scenes, held against itself and the repository's pictures."""

from tests.screenshots.__main__ import FOLDER
from tests.screenshots.suite import SCENES


def test_every_scene_has_a_name_of_its_own() -> None:
    """Two of one name would draw over each other."""
    names = [scene.name for scene in SCENES]
    assert sorted(set(names)) == sorted(names)


def test_the_repository_has_the_chosen_pictures() -> None:
    """Light and dark of each chosen scene, and no picture that nothing draws."""
    drawn = {f"{scene.name}{theme}.png" for scene in SCENES if scene.chosen for theme in ("", "-dark")}
    assert {path.name for path in FOLDER.iterdir()} == drawn

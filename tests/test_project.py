"""The project as a whole: lock files, the command line, the image and the database's roles."""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from dj_database_url import parse

import dev

ROOT = Path(__file__).resolve().parents[1]
LOCK_FILES = sorted(dev.LOCKS)
PASSWORDS = {"OWNER_PASSWORD": "owner1", "APP_PASSWORD": "app1"}


def pinned(lock: Path) -> dict[str, str]:
    """Package name to version, of every line of a lock file that names one."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", lock.read_text(), re.MULTILINE))


def plain_name(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ]", requirement)[0].lower()


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker" / "compose.yaml").read_text())


# --- Lock files -------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCK_FILES, ids=lambda path: path.stem)
def test_lock_files_hold_no_address(lock):
    assert "://" not in lock.read_text()


def test_npm_lock_file_holds_no_address():
    text = (ROOT / "package-lock.json").read_text()

    assert [word for word in ('"resolved"', "registry.") if word in text] == []


@pytest.mark.parametrize("lock", LOCK_FILES, ids=lambda path: path.stem)
def test_every_locked_package_has_a_hash(lock):
    packages = re.split(r"\n(?=[a-z])", lock.read_text())[1:]
    loose = [
        name for name in packages if "==" not in name.split()[0] or "--hash=sha256:" not in name
    ]

    assert (len(packages) > 0, loose) == (True, [])


def test_lock_files_hold_everything_the_project_names():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    service = {plain_name(word) for word in project["project"]["dependencies"]}
    development = {plain_name(word) for word in project["dependency-groups"]["dev"]}

    assert service - pinned(dev.PACKAGES).keys() == set()
    assert service | development - pinned(dev.DEVELOPMENT).keys() == service


def test_tests_run_on_the_versions_of_the_service():
    service, development = pinned(dev.PACKAGES), pinned(dev.DEVELOPMENT)

    assert {name: development.get(name) for name in service} == service


# --- The command line -------------------------------------------------------------------------


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(), feature_version=(3, 8))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("name", ["dev.py", "tests/machine.py", "tests/postgres.py"])
def test_commands_need_the_standard_library_only(name):
    assert imported(ROOT / name) - sys.stdlib_module_names - {"tests"} == set()


def test_an_unknown_command_prints_what_there_is(capsys):
    assert dev.main(["serve"]) == 2
    assert "python3 dev.py demo" in capsys.readouterr().err


def test_demo_says_when_its_port_is_taken(capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert dev.main(["demo", "--port", str(port)]) == 1

    said = f"Port {port} is in use. Try: python3 dev.py demo --port {port + 1}\n"
    assert capsys.readouterr().err == said


def test_a_step_cut_short_is_done_again(tmp_path, monkeypatch):
    monkeypatch.setattr(dev, "STAMPS", tmp_path / "stamps")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    before = dev.is_done("packages", "mark")
    dev.stamp("packages", "mark")
    after = dev.is_done("packages", "mark")

    assert (before, after, dev.is_done("packages", "new lock file")) == (False, True, False)


def test_manage_passes_on_the_exit_status():
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "recurrent.settings.test"}
    command = [sys.executable, str(ROOT / "manage.py"), "no_such_command"]

    done = subprocess.run(command, env=variables, capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "")


def test_the_demo_is_refused_with_other_settings():
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "recurrent.settings.test"}
    command = [sys.executable, "-m", "recurrent.serve_demo", "8000"]

    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)

    said = "This serves the demo only. In service, use the image in docker/.\n"
    assert (done.returncode, done.stderr) == (1, said)


# --- The image --------------------------------------------------------------------------------


def test_only_the_migration_signs_in_as_the_owner():
    services = compose()["services"]
    roles = {
        name: parse(service["environment"]["DATABASE_URL"].replace(":?", ""))["USER"]
        for name, service in services.items()
        if "DATABASE_URL" in service["environment"]
    }

    owner, app = "recurrent_owner", "recurrent_app"
    assert roles == {"migrate": owner, "app": app, "worker": app}


def test_pages_and_work_wait_for_the_migration():
    services = compose()["services"]
    waits = {name: services[name]["depends_on"] for name in ("app", "worker")}
    done = {"migrate": {"condition": "service_completed_successfully"}}

    assert waits == {"app": done, "worker": done}
    assert services["worker"]["command"] == ["python", "manage.py", "worker"]


def test_the_example_asks_for_everything_and_tells_nothing():
    text = (ROOT / "docker" / "compose.yaml").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", text))
    example = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / "docker" / "example.env").read_text(), re.M)

    assert dict(example) == dict.fromkeys(asked, "")


def test_no_image_names_a_registry():
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    images = re.findall(r"^FROM (\S+)", dockerfile, re.M)
    images += [service["image"] for service in compose()["services"].values()]

    assert [image for image in images if "." in image.split("/")[0].split(":")[0]] == []


def test_the_image_does_not_run_as_root():
    last_stage = (ROOT / "docker" / "Dockerfile").read_text().split("\nFROM ")[-1]

    assert re.findall(r"^USER (.*)$", last_stage, re.M) == ["recurrent"]


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this machine")
@pytest.mark.parametrize("script", [".ci/run", "docker/migrate.sh", "docker/postgres/logins.sh"])
def test_scripts_can_be_read_by_the_shell(script):
    done = subprocess.run(["bash", "-n", script], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")

"""Ways to launch the course elsewhere: conda, Binder, a JupyterHub, the workflow that publishes."""

import json
import os
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
import rattler
import yaml

from tools import links, lock


@pytest.fixture(scope="module")
def conda(root):
    """What environment.yml asks of conda, by name, read by conda's own library."""
    asked = yaml.safe_load((root / lock.ENVIRONMENT).read_text(encoding="utf-8"))
    specs = [rattler.MatchSpec(line, strict=True) for line in asked["dependencies"]]
    names = [re.split("[= ]", line)[0] for line in asked["dependencies"]]
    return dict(zip(names, specs, strict=True))


def test_conda_reads_the_environment_and_gets_the_versions_of_the_lock(root, conda):
    pinned = lock.versions((root / lock.LOCK).read_text(encoding="utf-8"), lock.CONDA_PYTHON)
    for name in lock.direct_names(root):
        spec = conda[lock.CONDA_NAMES.get(name, name)]
        version = rattler.VersionSpec(str(spec.version))
        assert version.matches(rattler.Version(pinned[name])), name
        assert not version.matches(rattler.Version("0.0.1")), name
    assert rattler.VersionSpec(str(conda["python"].version)).matches(rattler.Version("3.12.4"))


def test_binder_takes_our_file_our_script_and_our_jupyterlab(root, conda):
    program = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "."]
    run = subprocess.run(
        program, cwd=root, capture_output=True, text=True, timeout=120, check=False
    )
    said = run.stdout + run.stderr
    assert run.returncode == 0, said[-2000:]
    assert "Building conda environment for python=3.12" in said
    updates = re.findall(r'env update -p \$\{NB_PYTHON_PREFIX\} --file "(.*?)"', said)
    assert updates == ["binder/environment.yml"]
    assert "RUN ./binder/postBuild" in said
    assert re.search(r'ENV R2D_ENTRYPOINT=".*/binder/start"', said)
    # The builder's own environment has an older one: ours has to be asked for outright.
    version = rattler.VersionSpec(str(conda["jupyterlab"].version))
    assert not version.matches(rattler.Version("4.5.9"))


def bare(folder, *options):
    """A virtual environment of its own, and what its programs see of the world: nothing of ours."""
    subprocess.run([sys.executable, "-m", "venv", *options, folder / "venv"], check=True)
    home = folder / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "LANG"))}
    return {**kept, "HOME": str(home), "PATH": f"{folder / 'venv' / 'bin'}:/usr/bin:/bin"}


def after_build(root, folder, world):
    """Run Binder's script and look at what it left."""
    python = folder / "venv" / "bin" / "python"

    def pins():
        run = [python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
        text = subprocess.run(run, env=world, check=True, capture_output=True, text=True).stdout
        return {line for line in text.splitlines() if not line.startswith("cnnlib")}

    before = pins()
    subprocess.run(["bash", "binder/postBuild"], cwd=root, env=world, check=True, timeout=600)
    assert pins() == before
    settings = folder / "venv" / "share" / "jupyter" / "lab" / "settings" / "overrides.d"
    assert "fetchNews" in (settings / "cnnlib.json").read_text(encoding="utf-8")
    home = folder / "home"
    assert list((home / ".cache" / "matplotlib").glob("fontlist*.json"))
    code = (
        "import cnnlib, glob, nbformat, nbformat.sign\n"
        "notary = nbformat.sign.NotebookNotary()\n"
        "paths = glob.glob('notebooks/**/*.ipynb', recursive=True)\n"
        "print(cnnlib.__file__, len(paths), sum(\n"
        "    notary.check_signature(nbformat.read(path, 4)) for path in paths))"
    )
    run = subprocess.run([python, "-c", code], cwd=root, env=world, check=True, capture_output=True)
    where, notebooks, trusted = run.stdout.decode().split()
    assert where == str(root / "cnnlib" / "__init__.py")
    assert int(notebooks) == int(trusted) > 0


@pytest.mark.soak
@pytest.mark.timeout(1200)
@pytest.mark.skipif(os.name == "nt", reason="Binder runs Linux")
def test_every_step_of_binders_script_works_on_a_bare_environment(root, tmp_path):
    world = bare(tmp_path)
    pip = [tmp_path / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "-r", root / lock.LOCK], env=world, check=True)
    after_build(root, tmp_path, world)


def test_binders_script_is_a_program_of_strict_steps(root):
    script = root / "binder" / "postBuild"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "--no-deps" in text
    subprocess.run(["bash", "-n", script], check=True)
    for path in re.findall(r"(?<=\s)notebooks/\S+", text):
        assert list(root.glob(path)), path


def test_the_readme_starts_jupyterlab_as_make_does_with_the_figures_within_its_folder(root):
    wanted = "jupyter lab --ServerApp.root_dir=. notebooks/00_start_here.ipynb"
    for name in ("Makefile", "README.md"):
        text = (root / name).read_text(encoding="utf-8")
        assert re.findall(r"jupyter lab .*ipynb", text) == [wanted], name


@pytest.mark.skipif(os.name == "nt", reason="Binder runs Linux")
def test_binder_computes_with_one_thread_and_passes_on_what_it_is_asked_to_run(root):
    script = root / "binder" / "start"
    assert os.access(script, os.X_OK)
    code = "import os, sys; print(os.environ['OPENBLAS_NUM_THREADS'], sys.argv[1:]); sys.exit(3)"
    world = {name: v for name, v in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [script, sys.executable, "-c", code, "--port=1", "two words"]
    run = subprocess.run(command, env=world, capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr, run.returncode) == ("1 ['--port=1', 'two words']\n", "", 3)


def test_a_binder_link_opens_lesson_00_in_jupyterlab():
    link = urlsplit(links.Links.of("someone/course", "v1.0/a").binder())
    assert link.path == "/v2/gh/someone/course/v1.0%2Fa"
    assert parse_qs(link.query) == {"urlpath": ["lab/tree/notebooks/00_start_here.ipynb"]}
    assert links.Links.of("someone/course").binder() in links.Links.of("someone/course").badge()


def test_a_hub_link_brings_the_course_and_opens_it(root):
    link = urlsplit(links.Links.of("someone/course", "v1").hub("https://hub.school.example/"))
    assert (link.netloc, link.path) == ("hub.school.example", "/hub/user-redirect/git-pull")
    asked = parse_qs(link.query)
    assert asked["repo"] == ["https://github.com/someone/course"]
    assert asked["branch"] == ["v1"]
    assert asked["urlpath"] == ["lab/tree/course/notebooks/00_start_here.ipynb"]
    assert (root / links.FIRST).exists()


@pytest.mark.parametrize(
    ("repository", "tag"), [("course", ""), ("a/b/c", ""), ("a/b?x=1", ""), ("a/b", "v 1")]
)
def test_what_cannot_be_a_repository_or_a_tag_is_refused_with_what_is_expected(
    repository, tag, capsys
):
    assert links.main([repository, "--ref", tag]) == 2
    assert "expected" in capsys.readouterr().err


def test_the_links_are_printed(capsys):
    assert links.main(["someone/course", "--ref", "v1"]) == 0
    said = capsys.readouterr().out
    assert said.count("someone") >= 3
    assert "[![" in said


def test_the_workflow_calls_targets_that_there_are(root):
    flow = yaml.safe_load((root / ".github" / "workflows" / "course.yml").read_text("utf-8"))
    steps = [step for job in flow["jobs"].values() for step in job["steps"]]
    runs = [step["run"] for step in steps if "run" in step]
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    called = [run.split()[1] for run in runs if run.startswith("make ")]
    assert called == ["check", "test", "site", "lite"]
    assert runs[-1] == "cp -r build/lite build/site/lite"
    assert runs[called.index("site")].endswith(" LITE=lite/")
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in called)
    (artifact,) = [step["with"]["path"] for step in steps if "upload-pages" in step.get("uses", "")]
    assert artifact == "build/site"
    assert json.dumps(flow).count("write") == 2

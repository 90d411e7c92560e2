"""Models and tokenisers from a folder or the local cache; the network is used only when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.detectors.grounding.verifiers.interface import VerifierError

if TYPE_CHECKING:
    import torch

INSTALL = "install what it needs: pip install 'auditor[grounding]'"
DEFAULT_LENGTH = 512
LARGEST = 1_000_000
"""Tokenisers without a limit of their own state an astronomical one."""


def config(name: str, *, download: bool = False) -> Any:
    """The configuration of a model.

    Raises:
        VerifierError: If it cannot be had; the message names the remedy.
    """
    return _read("AutoConfig", name, download)


def tokenizer(name: str, *, download: bool = False) -> Any:
    """The tokeniser of a model, one that knows the offsets of its tokens.

    Raises:
        VerifierError: If it cannot be had, or is one without offsets.
    """
    found = _read("AutoTokenizer", name, download)
    if not getattr(found, "is_fast", False):
        raise VerifierError(
            f"{name}: its tokeniser gives no offsets; save it with tokenizer.json and try again"
        )
    return found


def model(kind: str, name: str, *, download: bool = False) -> Any:
    """A model with all of its weights.

    Args:
        kind: Class of ``transformers``, e.g. ``AutoModelForSequenceClassification``.
        name: Folder, or name on the hub.
        download: Whether the network may be used.

    Raises:
        VerifierError: If it cannot be had, or lacks weights that ``kind`` needs: a model that was never
            trained for the task would otherwise answer at random.
    """
    found, report = _read(kind, name, download, output_loading_info=True)
    lacking = sorted([*report["missing_keys"], *(str(key) for key in report.get("mismatched_keys", ()))])
    if lacking:
        raise VerifierError(
            f"{name} is not trained for this: it lacks {_few(lacking)}; name a model with a trained head"
        )
    return found


def state(folder_or_name: str, file: str, *, download: bool = False) -> dict[str, torch.Tensor]:
    """The tensors in one safetensors file of a model, by name.

    Raises:
        VerifierError: If the file is missing or damaged.
    """
    path = Path(folder_or_name, file)
    try:
        from huggingface_hub import hf_hub_download
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        if not path.is_file() and path.parent.is_dir():
            raise VerifierError(f"{folder_or_name} is not a whole model folder: {file} is missing")
        if not path.is_file():
            path = Path(hf_hub_download(folder_or_name, file, local_files_only=not download))
    except ImportError as error:
        raise VerifierError(f"{folder_or_name}: {INSTALL}") from error
    except (OSError, ValueError) as error:
        raise VerifierError(_missing(folder_or_name, download)) from error
    try:
        return dict(load_file(path))
    except (OSError, SafetensorError) as error:
        raise VerifierError(f"{path} is damaged ({_first(error)}); download it again") from error


def positions(settings: Any) -> int | None:
    """Tokens beyond which a model has no position to give; None where it counts distances instead."""
    count = getattr(settings, "max_position_embeddings", None)
    if not isinstance(count, int) or count < 1 or getattr(settings, "position_biased_input", True) is False:
        return None
    # RoBERTa and its kin number positions from the padding token's index on.
    return count - (settings.pad_token_id or 0) - 1 if _like_roberta(settings) else count


def longest(settings: Any, tokens: Any) -> int:
    """Tokens of one pass that a model is meant for, by its configuration and its tokeniser."""
    stated = int(tokens.model_max_length)
    limits = [positions(settings), stated if stated < LARGEST else None]
    return min((limit for limit in limits if limit is not None), default=DEFAULT_LENGTH)


def _like_roberta(settings: Any) -> bool:
    kin = {"camembert", "longformer", "mpnet", "xmod", "data2vec-text"}
    return "roberta" in settings.model_type or settings.model_type in kin


def _read(kind: str, name: str, download: bool, **options: Any) -> Any:
    try:
        import torch  # noqa: F401 - without it transformers hands out stand-ins that fail later
        import transformers
    except ImportError as error:
        raise VerifierError(f"{name}: {INSTALL}") from error
    try:
        with _quiet():
            return getattr(transformers, kind).from_pretrained(
                name, local_files_only=not download, trust_remote_code=False, **options
            )
    except ImportError as error:
        raise VerifierError(f"{name}: {_first(error)}; {INSTALL}") from error
    except OSError as error:
        if Path(name).is_dir():
            raise VerifierError(f"{name} is not a whole model folder: {_first(error)}") from error
        raise VerifierError(_missing(name, download)) from error
    except Exception as error:  # a damaged file raises whatever its parser raises
        raise VerifierError(f"{name} cannot be loaded: {_first(error)}") from error


def _missing(name: str, download: bool) -> str:
    why = "could not be fetched" if download else "is neither a folder nor in the local cache"
    return (
        f"{name} {why}; fetch it where there is a network (`hf download {name}`, or the option download=True), "
        "give the folder that holds it, or use `packaged`, which needs neither"
    )


def _first(error: BaseException) -> str:
    """The first line of what an error says."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]


def _few(names: list[str]) -> str:
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without progress bars and advice on standard error: a report may be going there."""
    from transformers.utils import logging as its_logging

    logging: Any = its_logging
    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()

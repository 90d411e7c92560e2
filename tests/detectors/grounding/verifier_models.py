"""Tiny models with random weights and a byte-level tokeniser, saved as folders that ``transformers`` loads."""

from __future__ import annotations

from pathlib import Path

TEXT = [
    "The harbour was opened in 1912 and closed for good in 1968, after the last ferry had sailed.",
    "Premise: Hypothesis: predict: Determine if the hypothesis is true given the premise?",
    "Summarize the following text: passage 1: output: Briefly answer the following question.",
    "항구는 1912년에 문을 열었고 마지막 배가 떠난 뒤 문을 닫았다.",
]
NAMES = {
    "bert": {"cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]"},
    "roberta": {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"},
    "t5": {"eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"},
}
PAIRS = {
    "bert": ("[CLS] $A [SEP]", "[CLS] $A [SEP] $B:1 [SEP]:1", ["[CLS]", "[SEP]"]),
    "roberta": ("<s> $A </s>", "<s> $A </s> </s> $B </s>", ["<s>", "</s>"]),
    "t5": ("$A </s>", "$A </s> $B </s>", ["</s>"]),
}


def save_tokenizer(folder: Path, kind: str, longest: int) -> int:
    """Saves a tokeniser of a kind; returns the size of its vocabulary."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokens = Tokenizer(models.BPE())
    tokens.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokens.decoder = decoders.ByteLevel()
    names = NAMES[kind]
    order = ["pad_token", *[name for name in names if name != "pad_token"]]
    special = [names[name] for name in order]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=400, special_tokens=special, initial_alphabet=alphabet, show_progress=False
    )
    tokens.train_from_iterator(TEXT, trainer)
    single, pair, used = PAIRS[kind]
    ids = [(name, tokens.token_to_id(name)) for name in used]
    tokens.post_processor = processors.TemplateProcessing(single=single, pair=pair, special_tokens=ids)
    wrapped = PreTrainedTokenizerFast(tokenizer_object=tokens, model_max_length=longest, **names)
    if kind == "bert":
        wrapped.model_input_names = ["input_ids", "token_type_ids", "attention_mask"]
    wrapped.save_pretrained(folder)
    return len(wrapped)


def save_encoder(
    folder: Path, kind: str, task: str, labels: list[str] | None = None, longest: int = 96
) -> str:
    """Saves a model for a task (``SequenceClassification``, ``TokenClassification`` …) with its tokeniser."""
    import torch
    import transformers

    torch.manual_seed(7)
    tokenizer = {"modernbert": "bert", "xlm-roberta": "roberta"}.get(kind, kind)
    size = save_tokenizer(folder, tokenizer, longest)
    common = {"vocab_size": size, "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    common |= {"intermediate_size": 48, "pad_token_id": 0, "initializer_range": 0.4}
    if kind == "bert":
        config = transformers.BertConfig(**common, max_position_embeddings=longest)
    elif kind == "roberta":
        # Positions are counted from the one after the padding token's id.
        config = transformers.RobertaConfig(**common, max_position_embeddings=longest + 1)
    else:
        config = transformers.ModernBertConfig(
            **common,
            max_position_embeddings=longest,
            cls_token_id=1,
            sep_token_id=2,
            bos_token_id=1,
            eos_token_id=2,
            initializer_cutoff_factor=1.0,
        )
    if labels:
        config.id2label = dict(enumerate(labels))
        config.label2id = {label: place for place, label in enumerate(labels)}
    name = {"bert": "Bert", "roberta": "Roberta", "modernbert": "ModernBert"}[kind]
    model_type = getattr(transformers, name + (f"For{task}" if task else "Model"))
    model_type(config).save_pretrained(folder)
    return str(folder)


def t5_config(size: int):
    import transformers

    return transformers.T5Config(
        vocab_size=max(size, 256),
        d_model=32,
        d_kv=8,
        d_ff=48,
        num_layers=2,
        num_heads=4,
        pad_token_id=0,
        eos_token_id=1,
        decoder_start_token_id=0,
    )


def save_t5(folder: Path, longest: int = 512) -> str:
    """Saves a sequence-to-sequence T5."""
    import torch
    import transformers

    torch.manual_seed(7)
    model = transformers.T5ForConditionalGeneration(t5_config(save_tokenizer(folder, "t5", longest)))
    model.save_pretrained(folder)
    return str(folder)


def save_hhem(folder: Path) -> str:
    """Saves weights as HHEM-2.1 publishes them: an encoder with a head a token, every name after ``t5.``."""
    import torch
    import transformers
    from safetensors.torch import save_file

    torch.manual_seed(7)
    config = t5_config(save_tokenizer(folder, "t5", 512))
    config.num_labels = 2
    config.save_pretrained(folder)
    model = transformers.T5ForTokenClassification(config)
    with torch.no_grad():
        model.classifier.weight.mul_(20)
    state = {f"t5.{key}": value.clone() for key, value in model.state_dict().items()}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
    return str(folder)

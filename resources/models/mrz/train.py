"""Train the net that reads the lines of a machine-readable zone, and write it as ONNX.

    python -m pip install -r requirements-train.txt     # and Debian's fonts-ocr-b
    PYTHONPATH=. python resources/models/mrz/train.py resources/models/mrz/lines.onnx

One thread of the CPU, under an hour. What it was trained on and how it does: docs/models/mrz.md.
"""

from __future__ import annotations

import argparse
import queue
import threading
import time

import cv2
import numpy as np
import onnx
import strips as rendering
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from app.identity.mrz.strip import BETWEEN, CLASSES, HEIGHT, STEP

SEED = 20261122
BATCH = 32
CUTS = 2
"""Strips from one rendered picture, each cut anew."""

LAYERS = (
    # channels out, kernel, stride, padding (rows, columns)
    (16, (3, 3), (1, 1), (1, 1)),
    (32, (3, 3), (2, 2), (1, 1)),
    (64, (3, 3), (2, 2), (1, 1)),
    (96, (3, 3), (2, 1), (1, 1)),
    (96, (3, 3), (2, 1), (1, 1)),
    (128, (2, 3), (1, 1), (0, 1)),
    (96, (1, 3), (1, 1), (0, 1)),
    (CLASSES, (1, 1), (1, 1), (0, 0)),
)


def build() -> nn.Sequential:
    """The net: (N, 1, HEIGHT, W) -> (N, CLASSES, 1, W / STEP)."""
    parts: list[nn.Module] = []
    before = 1
    for channels, kernel, stride, padding in LAYERS:
        parts += [nn.Conv2d(before, channels, kernel, stride, padding), nn.ReLU()]
        before = channels
    return nn.Sequential(*parts[:-1]).to(memory_format=torch.channels_last)


def batches(seed: int, many: int, ahead: int = 12) -> queue.Queue:
    """Batches (strips, wanted) rendered by one thread ahead of the training; then None."""
    ready: queue.Queue = queue.Queue(ahead)

    def make() -> None:
        glyphs = rendering.Glyphs()
        for number in range(many):
            rng = np.random.default_rng((seed, number))
            pairs = [pair for _ in range(BATCH // CUTS) for pair in rendering.strips(rng, glyphs, CUTS)]
            ready.put((np.stack([p[0] for p in pairs])[:, None], np.stack([p[1] for p in pairs])))
        ready.put(None)

    threading.Thread(target=make, daemon=True).start()
    return ready


def losses(net: nn.Module, pictures: np.ndarray, wanted: np.ndarray) -> tuple[torch.Tensor, float]:
    """Mean cross entropy, and the share of character columns read right."""
    with torch.autocast("cpu", torch.bfloat16):
        scores = net(torch.from_numpy(pictures).to(memory_format=torch.channels_last))
    scores = scores.float().squeeze(2)
    truth = torch.from_numpy(wanted)
    loss = nn.functional.cross_entropy(scores, truth, ignore_index=-1)
    chars = (truth >= 0) & (truth != BETWEEN)
    right = (scores.detach().argmax(1) == truth)[chars].float().mean()
    return loss, float(right)


def export(net: nn.Sequential, path: str) -> None:
    """The weights as a plain chain of convolutions; the width of the strip is free."""
    nodes, weights = [], []
    name = "strips"
    convolutions = [part for part in net if isinstance(part, nn.Conv2d)]
    for number, (part, (_, kernel, stride, padding)) in enumerate(zip(convolutions, LAYERS, strict=True)):
        for suffix, tensor in (("w", part.weight), ("b", part.bias)):
            array = np.ascontiguousarray(tensor.detach().numpy(), np.float32)
            weights.append(numpy_helper.from_array(array, f"{suffix}{number}"))
        last = number == len(convolutions) - 1
        out = "scores" if last else f"c{number}"
        inputs = [name, f"w{number}", f"b{number}"]
        pads = [*padding, *padding]
        nodes.append(helper.make_node("Conv", inputs, [out], kernel_shape=kernel, strides=stride, pads=pads))
        if not last:
            nodes.append(helper.make_node("Relu", [out], [f"r{number}"]))
        name = f"r{number}"
    graph = helper.make_graph(
        nodes,
        "mrz-lines",
        [helper.make_tensor_value_info("strips", TensorProto.FLOAT, ["n", 1, HEIGHT, "w"])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["n", CLASSES, 1, "columns"])],
        weights,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def known(path: str, net: nn.Sequential) -> dict[str, torch.Tensor]:
    """Weights written before, as the net names them."""
    if not path.endswith(".onnx"):
        return torch.load(path, weights_only=True)
    arrays = {part.name: numpy_helper.to_array(part) for part in onnx.load(path).graph.initializer}
    convolutions = [name for name, part in net.named_children() if isinstance(part, nn.Conv2d)]
    return {
        f"{name}.{long}": torch.from_numpy(arrays[f"{short}{number}"].copy())
        for number, name in enumerate(convolutions)
        for short, long in (("w", "weight"), ("b", "bias"))
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    parser.add_argument("--start", metavar="FILE", help="go on from these weights: .pt, or a net written before, .onnx")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    net = build()
    if args.start:
        net.load_state_dict(known(args.start, net))
    steps = args.steps
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.rate, total_steps=steps + 1, pct_start=0.08)
    began, spent = time.monotonic(), time.process_time()
    source = batches(args.seed, steps)
    said, right = [], []
    for step in range(1, steps + 1):
        loss, share = losses(net, *source.get())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        rate.step()
        said.append(loss.item())
        right.append(share)
        if step % 100 == 0:
            wall, cpu = time.monotonic() - began, time.process_time() - spent
            mean = sum(said[-100:]) / 100, sum(right[-100:]) / 100
            print(f"{step} loss {mean[0]:.4f} right {mean[1]:.4f} wall {wall:.0f} cpu {cpu:.0f} s", flush=True)
        if step % 500 == 0:
            torch.save(net.state_dict(), args.out + ".pt")
            export(net, args.out)
    export(net, args.out)
    net.eval()
    source, shares = batches(args.seed + 1, 60), []
    while (pair := source.get()) is not None:
        with torch.no_grad():
            shares.append(losses(net, *pair)[1])
    print(f"unseen seed: columns right {sum(shares) / len(shares):.4f}; a column is {STEP} pixels")


if __name__ == "__main__":
    main()

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

SEED = 20261123
BATCH = 32
CUTS = 2
"""Strips from one rendered picture, each cut anew."""

LAYERS = (
    # channels out, kernel, stride, padding (rows, columns), reach from tap to tap along the line, added to what came in
    (16, (3, 3), (1, 1), (1, 1), 1, False),
    (40, (3, 3), (2, 2), (1, 1), 1, False),
    (64, (3, 3), (2, 2), (1, 1), 1, False),
    (64, (3, 3), (1, 1), (1, 1), 1, True),
    (96, (3, 3), (2, 1), (1, 1), 1, False),
    (96, (3, 3), (1, 1), (1, 1), 1, True),
    (128, (3, 3), (2, 1), (1, 1), 1, False),
    (144, (2, 3), (1, 1), (0, 1), 1, False),
    (144, (1, 3), (1, 1), (0, 1), 1, True),
    (144, (1, 3), (1, 1), (0, 2), 2, True),
    (144, (1, 3), (1, 1), (0, 3), 3, True),
    (144, (1, 3), (1, 1), (0, 5), 5, True),
)
"""The rows are gone after the eighth; the last four look along the line: print, blur and noise are alike there."""


class Layer(nn.Module):
    """Convolution, batch normalisation (part of the weights once written), rectifier."""

    def __init__(self, before: int, shape: tuple) -> None:
        super().__init__()
        channels, kernel, stride, padding, apart, self.added = shape
        self.conv = nn.Conv2d(before, channels, kernel, stride, padding, (1, apart), bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        out = self.norm(self.conv(given))
        return torch.relu(out + given if self.added else out)

    def weights(self) -> tuple[np.ndarray, np.ndarray]:
        """Kernel and bias with the normalisation in them."""
        scale = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        kernel = self.conv.weight * scale[:, None, None, None]
        bias = self.norm.bias - self.norm.running_mean * scale
        return kernel.detach().numpy(), bias.detach().numpy()


def build() -> nn.Sequential:
    """The net: (N, 1, HEIGHT, W) -> (N, CLASSES, 1, W / STEP)."""
    widths = [1, *(shape[0] for shape in LAYERS)]
    parts: list[nn.Module] = [Layer(before, shape) for before, shape in zip(widths, LAYERS, strict=False)]
    return nn.Sequential(*parts, nn.Conv2d(widths[-1], CLASSES, 1)).to(memory_format=torch.channels_last)


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

    def convolve(number: int, kernel: np.ndarray, bias: np.ndarray, out: str, **how: object) -> None:
        for short, array in (("w", kernel), ("b", bias)):
            weights.append(numpy_helper.from_array(np.ascontiguousarray(array, np.float32), f"{short}{number}"))
        nodes.append(helper.make_node("Conv", [name, f"w{number}", f"b{number}"], [out], **how))

    *layers, head = net
    for number, (layer, shape) in enumerate(zip(layers, LAYERS, strict=True)):
        _, kernel, stride, padding, apart, added = shape
        how = {"kernel_shape": kernel, "strides": stride, "pads": [*padding, *padding], "dilations": [1, apart]}
        convolve(number, *layer.weights(), f"c{number}", **how)
        out = f"c{number}"
        if added:
            nodes.append(helper.make_node("Add", [out, name], [f"a{number}"]))
            out = f"a{number}"
        name = f"r{number}"
        nodes.append(helper.make_node("Relu", [out], [name]))
    convolve(len(layers), head.weight.detach().numpy(), head.bias.detach().numpy(), "scores", kernel_shape=(1, 1))
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--until", type=int, metavar="STEP", help="stop there, the rates as if all steps were to come")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate")
    parser.add_argument("--start", metavar="FILE", help="go on from these weights (.pt)")
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(args.seed)
    net = build()
    if args.start:
        net.load_state_dict(torch.load(args.start, weights_only=True))
    steps = args.steps
    optimiser = torch.optim.AdamW(net.parameters(), lr=args.rate, weight_decay=0.01)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimiser, args.rate, total_steps=steps + 1, pct_start=0.08)
    began, spent = time.monotonic(), time.process_time()
    source = batches(args.seed, steps)
    said, right = [], []
    for step in range(1, (args.until or steps) + 1):
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
    torch.save(net.state_dict(), args.out + ".pt")
    export(net, args.out)
    net.eval()
    source, shares = batches(args.seed + 1, 60), []
    while (pair := source.get()) is not None:
        with torch.no_grad():
            shares.append(losses(net, *pair)[1])
    print(f"unseen seed: columns right {sum(shares) / len(shares):.4f}; a column is {STEP} pixels")


if __name__ == "__main__":
    main()

# The bench's jobs in PyTorch, on one thread: a request as JSON on each line of stdin, an answer on each line of stdout.
import copy
import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(0)


def network(widths, flat):
    """tanh network with the weights of `flat`: layer by layer [in, out], then biases."""
    layers, at = [], 0
    flat = torch.tensor(flat, dtype=torch.float32)
    for i, (fan_in, fan_out) in enumerate(zip(widths, widths[1:])):
        layer = nn.Linear(fan_in, fan_out)
        with torch.no_grad():
            layer.weight.copy_(flat[at : at + fan_in * fan_out].reshape(fan_in, fan_out).t())
            layer.bias.copy_(flat[at + fan_in * fan_out : at + (fan_in + 1) * fan_out])
        at += (fan_in + 1) * fan_out
        layers += [layer] if i == len(widths) - 2 else [layer, nn.Tanh()]
    return nn.Sequential(*layers)


def weights(model):
    parts = [p.detach().t().reshape(-1) if p.dim() == 2 else p.detach() for p in model.parameters()]
    return torch.cat(parts)


def points(rows, inputs):
    return torch.tensor(rows["x"], dtype=torch.float32).reshape(-1, inputs), torch.tensor(rows["y"], dtype=torch.int64)


def log_p(model, x, y):
    return F.log_softmax(model(x), 1).gather(1, y[:, None])[:, 0]


def npo(model, x, y, reference, beta):
    return 2 / beta * F.softplus(beta * (log_p(model, x, y) - reference)).mean()


def descend(optimizer, loss):
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


class Job:
    def __init__(self, spec):
        inputs = spec["widths"][0]
        self.model = network(spec["widths"], spec["weights"])
        self.forget, self.retain = points(spec["forget"], inputs), points(spec["retain"], inputs)
        self.spec = spec
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=spec["learningRate"])

    def step(self):
        loss = F.cross_entropy(self.model(self.retain[0]), self.retain[1])
        if self.spec["npo"]:
            loss = loss + npo(self.model, *self.forget, self.spec["logReference"], self.spec["beta"])
        descend(self.optimizer, loss)

    def run(self, milliseconds):
        begin, steps = time.perf_counter(), 0
        while True:
            self.step()
            steps += 1
            elapsed = time.perf_counter() - begin
            if elapsed * 1000 >= milliseconds:
                return steps / elapsed


def optimizer_of(model, run):
    if run["optimizer"] == "adam":
        return torch.optim.Adam(model.parameters(), lr=run["learningRate"])
    return torch.optim.SGD(model.parameters(), lr=run["learningRate"])


def train(model, x, y, run):
    optimizer = optimizer_of(model, run)
    for _ in range(run["steps"]):
        descend(optimizer, F.cross_entropy(model(x), y))


class Seed:
    """Data, original and retrained model of one seed, and the metrics that compare with them."""

    def __init__(self, spec, seed):
        inputs = spec["widths"][0]
        self.train, self.test = points(spec["train"], inputs), points(spec["test"], inputs)
        self.rows = {name: torch.tensor(rows, dtype=torch.int64) for name, rows in seed["split"].items()}
        self.everything = torch.cat([self.train[0], self.test[0]])
        self.original = network(spec["widths"], seed["weights"])
        self.retrained = copy.deepcopy(self.original)
        train(self.original, *self.train, spec["training"])
        train(self.retrained, *self.part("retain"), spec["training"])
        self.start, self.goal = self.outputs(self.original), self.outputs(self.retrained)

    def part(self, name):
        x, y = self.test if name.startswith("test") else self.train
        return x[self.rows[name]], y[self.rows[name]]

    def outputs(self, model):
        with torch.no_grad():
            logits = model(self.everything)
            n = len(self.train[1])
            return {"logits": logits[n:], "train": F.log_softmax(logits[:n], 1), "test": F.log_softmax(logits[n:], 1),
                    "weights": weights(model)}

    def metrics(self, now):
        def pick(outputs, name):
            return outputs["test" if name.startswith("test") else "train"][self.rows[name]]

        def accuracy(outputs, name):
            return (pick(outputs, name).argmax(1) == self.part(name)[1]).float().mean().item()

        def kl(outputs, name):
            return F.kl_div(pick(now, name), pick(outputs, name), log_target=True, reduction="batchmean").item()

        def distance(outputs):
            return (now["weights"] - outputs["weights"]).norm().item()

        retain, before = accuracy(now, "retain"), accuracy(self.start, "retain")
        classes = now["logits"].shape[1]
        mode = now["logits"].argmax(1).bincount().max().item() / len(now["logits"])
        largest = now["logits"].abs().amax(1).mean().item()
        return {
            "forgetAccuracy": accuracy(now, "forget"),
            "retainAccuracy": retain,
            "testAccuracy": (now["test"].argmax(1) == self.test[1]).float().mean().item(),
            "forgetTestAccuracy": accuracy(now, "testForget"),
            "retainTestAccuracy": accuracy(now, "testRetain"),
            "forgetLoss": F.nll_loss(pick(now, "forget"), self.part("forget")[1]).item(),
            "retainLoss": F.nll_loss(pick(now, "retain"), self.part("retain")[1]).item(),
            "testLoss": F.nll_loss(now["test"], self.test[1]).item(),
            "forgetDistance": kl(self.goal, "testForget"),
            "retainDistance": kl(self.goal, "testRetain"),
            "forgetKl": kl(self.start, "testForget"),
            "weightDistance": distance(self.start),
            "weightDistanceToRetrained": distance(self.goal),
            "collapsed": retain < max(1.2 / classes, before / 2) or mode > 0.9 or (largest > 50 and retain < before),
        }


def masks(model, x, y, keep):
    """1 for the share of weights with the largest gradient of the forget loss, parameter by parameter (SalUn)."""
    gradients = torch.autograd.grad(F.cross_entropy(model(x), y), list(model.parameters()))
    size = sum(g.numel() for g in gradients)
    order = torch.cat([g.abs().reshape(-1) for g in gradients]).argsort(descending=True)
    flat = torch.zeros(size)
    flat[order[: int(keep * size)]] = 1
    return [part.reshape(g.shape) for part, g in zip(flat.split([g.numel() for g in gradients]), gradients)]


def unlearn(seed, run, every):
    """One run: metrics at every evaluation; stops where weights are no longer finite."""
    model = copy.deepcopy(seed.original)
    optimizer = optimizer_of(model, run)
    (xf, yf), (xr, yr) = seed.part("forget"), seed.part("retain")
    with torch.no_grad():
        reference, retain_reference = log_p(seed.original, xf, yf), F.log_softmax(seed.original(xr), 1)
    mask = masks(model, xf, yf, run["keep"]) if run["mask"] == "salun" else None
    classes = seed.start["logits"].shape[1]
    recorded = [seed.metrics(seed.outputs(model))]
    for step in range(1, run["steps"] + 1):
        loss = 0
        if run["method"] == "ga":
            loss = log_p(model, xf, yf).mean()
        elif run["method"] == "npo":
            loss = npo(model, xf, yf, reference, run["beta"])
        elif run["method"] == "rl":
            loss = F.cross_entropy(model(xf), (yf + 1 + torch.randint(classes - 1, yf.shape)) % classes)
        elif run["method"] != "ft":
            raise ValueError("no such method in this script: " + run["method"])
        if run["retain"] == "ce" or run["method"] == "ft":
            loss = loss + run["weight"] * F.cross_entropy(model(xr), yr)
        elif run["retain"] == "kl":
            now = F.log_softmax(model(xr), 1)
            loss = loss + run["weight"] * F.kl_div(now, retain_reference, log_target=True, reduction="batchmean")
        optimizer.zero_grad()
        loss.backward()
        if mask:
            for parameter, free in zip(model.parameters(), mask):
                parameter.grad *= free
        optimizer.step()
        if not math.isfinite(loss.item()):
            break
        if step % every == 0 or step == run["steps"]:
            recorded.append(seed.metrics(seed.outputs(model)))
    return recorded


def comparison(spec):
    begin = time.perf_counter()
    last = {run["name"]: [] for run in spec["runs"]}
    for own in spec["seeds"]:
        seed = Seed(spec, own)
        for outputs in (seed.start, seed.goal):
            seed.metrics(outputs)
        for run in spec["runs"]:
            last[run["name"]].append(unlearn(seed, run, spec["every"])[-1]["retainAccuracy"])
    return {"seconds": time.perf_counter() - begin, "retainAccuracy": last}


class Flat:
    """Networks side by side in flat parameters [K, P]; NPO with a normal likelihood beside the squared error on the rest."""

    def __init__(self, spec, activation):
        self.widths, self.spec, self.activation = spec["widths"], spec, activation
        self.start = torch.tensor([lane["weights"] for lane in spec["lanes"]], dtype=torch.float32)
        self.flat = self.start.clone().requires_grad_(True)
        self.optimizer = torch.optim.Adam([self.flat], lr=spec["rate"])

    def outputs(self, flat, x):
        at, last = 0, len(self.widths) - 2
        for i, (fan_in, fan_out) in enumerate(zip(self.widths, self.widths[1:])):
            kernel = flat[:, at : at + fan_in * fan_out].reshape(-1, fan_in, fan_out)
            at += fan_in * fan_out
            x = torch.baddbmm(flat[:, None, at : at + fan_out], x, kernel)
            at += fan_out
            x = x if i == last else self.activation(x)
        return x

    def descend(self, forget, retain, said):
        """A step on rows (x [K, B, D], y [K, B, n]) of both sets, and what the original says [K, B, n] of those to forget."""
        (x, y), (xr, yr) = forget, retain
        unit, beta = 2 * self.spec["deviation"] ** 2, self.spec["beta"]
        closer = (((said - y) ** 2).sum(2) - ((self.outputs(self.flat, x) - y) ** 2).sum(2)) / unit
        kept = ((self.outputs(self.flat, xr) - yr) ** 2).sum(2).mean(1)
        descend(self.optimizer, (unit * 2 / beta * F.softplus(beta * closer).mean(1) + kept).sum())

    run = Job.run


class Numbers(Flat):
    """Regression."""

    def __init__(self, spec):
        super().__init__(spec, torch.tanh)
        column = lambda name: torch.tensor([lane[name] for lane in spec["lanes"]], dtype=torch.float32)[:, :, None]
        n = spec["forget"]
        x, y, self.said = column("x"), column("y"), column("reference")[:, :n]
        self.forget, self.retain = (x[:, :n], y[:, :n]), (x[:, n:], y[:, n:])

    def step(self):
        self.descend(self.forget, self.retain, self.said)


class Diffusion(Flat):
    """Denoising: each step draws points, times and noise; the first ones read rows that were drawn elsewhere."""

    def __init__(self, spec):
        super().__init__(spec, torch.relu)
        table = lambda name, width: torch.tensor(spec[name], dtype=torch.float32).reshape(-1, width)
        self.kept, self.features, self.codes = table("kept", 1), table("features", spec["featureWidth"]), table("codes", spec["codeWidth"])
        points = lambda lane, split: torch.tensor(lane[split]["x"], dtype=torch.float32).reshape(-1, 2)
        self.points = {split: torch.stack([points(lane, split) for lane in spec["lanes"]]) for split in ("forget", "retain")}
        self.labels = {split: torch.tensor([lane[split]["y"] for lane in spec["lanes"]]) for split in ("forget", "retain")}
        self.given = spec["first"]

    def rows(self, split):
        points, labels, size, steps = self.points[split], self.labels[split], self.spec["batch"], len(self.kept)
        lanes = len(points)
        which = torch.randint(points.shape[1], (lanes, size))
        half = torch.randint(steps, (lanes, size // 2))
        times = torch.cat([half, steps - 1 - half], 1)
        noise, lane = torch.randn(lanes, size, 2), torch.arange(lanes)[:, None]
        left, codes = self.kept[times], self.codes[labels[lane, which]]
        if split == "retain":
            codes = codes * (torch.rand(lanes, size, 1) >= self.spec["dropped"])
        x = left.sqrt() * points[lane, which] + (1 - left).sqrt() * noise
        return torch.cat([x, self.features[times], codes], 2), noise

    def read(self, split):
        rows, lanes = self.given[split].pop(0), len(self.flat)
        shaped = lambda name, width: torch.tensor(rows[name], dtype=torch.float32).reshape(lanes, -1, width)
        return shaped("x", self.widths[0]), shaped("y", 2)

    def step(self):
        take = self.read if self.given["forget"] else self.rows
        forget, retain = take("forget"), take("retain")
        with torch.no_grad():
            said = self.outputs(self.start, forget[0])
        self.descend(forget, retain, said)


class Language:
    """Networks that say the next word of an answer, side by side in flat parameters [K, P]: their table, then layers."""

    def __init__(self, spec):
        self.spec, self.lanes = spec, len(spec["weights"])
        self.flat = torch.tensor(spec["weights"], dtype=torch.float32, requires_grad=True)
        self.parts = {name: self.part(part) for name, part in spec["parts"].items()}
        self.optimizer = torch.optim.Adam([self.flat], lr=spec["rate"])
        self.outcome = None

    def part(self, part):
        x = torch.tensor(part["x"]).reshape(self.lanes, -1, self.spec["slots"])
        of = torch.tensor(part["of"])
        lane = torch.arange(self.lanes)[:, None, None] * self.spec["words"]
        return {"x": x + lane, "y": torch.tensor(part["y"])[:, :, None], "of": of.clamp(min=0), "is": (of >= 0).float(),
                "examples": part["examples"]}

    def log_p(self, part):
        """Of the word to come at each row, [K, B]; 0 at padding."""
        words, width, hidden, slots = (self.spec[name] for name in ("words", "width", "hidden", "slots"))
        sizes = [words * width, slots * width * hidden, hidden, hidden * words, words]
        table, w1, b1, w2, b2 = self.flat.split(sizes, 1)
        rows = F.embedding(part["x"], table.reshape(-1, width)).reshape(self.lanes, -1, slots * width)
        h = torch.relu(torch.baddbmm(b1[:, None], rows, w1.reshape(self.lanes, -1, hidden)))
        logits = torch.baddbmm(b2[:, None], h, w2.reshape(self.lanes, hidden, words))
        return F.log_softmax(logits, 2).gather(2, part["y"])[:, :, 0] * part["is"]

    def by_answer(self, part, values):
        return torch.zeros(self.lanes, part["examples"]).scatter_add(1, part["of"], values)

    def cross_entropy(self, part):
        return -(self.log_p(part).sum(1) / part["is"].sum(1)).sum()

    def npo(self, part):
        beta = self.spec["beta"]
        ratio = self.by_answer(part, self.log_p(part) + math.log(self.spec["words"]) * part["is"])
        return (2 / beta * F.softplus(beta * ratio)).mean(1).sum()

    def step(self):
        task = self.spec["task"]
        if task == "evaluate":
            with torch.no_grad():
                part = self.parts["all"]
                self.outcome = self.by_answer(part, self.log_p(part)).reshape(-1).tolist()
            return
        if task == "train":
            loss = self.cross_entropy(self.parts["train"])
        else:
            loss = self.npo(self.parts["forget"]) + self.cross_entropy(self.parts["retain"])
        descend(self.optimizer, loss)

    run = Job.run


job, flat, language = None, None, None
print(json.dumps({"torch": torch.__version__}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    answer = {}
    if request["do"] == "job":
        job = Job(request)
    elif request["do"] == "steps":
        for _ in range(request["count"]):
            job.step()
        answer = {"weights": weights(job.model).tolist()}
    elif request["do"] == "run":
        answer = {"rate": job.run(request["milliseconds"])}
    elif request["do"] in ("numbers", "diffusion"):
        flat = (Numbers if request["do"] == "numbers" else Diffusion)(request)
    elif request["do"] == "flat-steps":
        for _ in range(request["count"]):
            flat.step()
        answer = {"weights": flat.flat.detach()[0].tolist()}
    elif request["do"] == "flat-run":
        answer = {"rate": flat.run(request["milliseconds"])}
    elif request["do"] == "language":
        language = Language(request)
    elif request["do"] == "language-steps":
        for _ in range(request["count"]):
            language.step()
        answer = {"outcome": language.outcome or language.flat.detach().reshape(-1).tolist()}
    elif request["do"] == "language-run":
        answer = {"rate": language.run(request["milliseconds"])}
    elif request["do"] == "comparison":
        answer = comparison(request)
    print(json.dumps(answer), flush=True)

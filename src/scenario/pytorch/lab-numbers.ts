import type { RunArtifacts } from './artifacts.ts';

/** What the lab computed: at some steps, metrics by their keys. */
export interface LabNumbers {
  readonly steps: readonly number[];
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** The metrics that a script computes again, by the names that it prints them under. */
const COMPARED = {
  forgetAccuracy: 'forget accuracy',
  retainAccuracy: 'retain accuracy',
  testAccuracy: 'test accuracy',
  retainTestAccuracy: 'kept test accuracy',
  forgetLoss: 'forget loss',
  retainLoss: 'retain loss',
} as const;

/** The most steps that are compared. */
const MOST_STEPS = 101;

/** Which of n recorded steps are compared: all, or evenly spaced ones with the first and the last. */
const pickSteps = (n: number): readonly number[] =>
  n <= MOST_STEPS
    ? Array.from({ length: n }, (_, i) => i)
    : Array.from({ length: MOST_STEPS }, (_, i) => Math.round((i * (n - 1)) / (MOST_STEPS - 1)));

const python = (value: number | null | undefined): string =>
  value === null || value === undefined || !Number.isFinite(value) ? 'None' : `${Number(value.toPrecision(7))}`;

const MARGIN = 110;

/** A list in Python, its lines not too long. */
const pythonList = (key: string, values: readonly string[]): readonly string[] => {
  const lines = [''];
  for (const value of values) {
    const last = lines.at(-1) as string;
    if (last.length + value.length > MARGIN) lines.push(`${value},`);
    else lines[lines.length - 1] = last === '' ? `${value},` : `${last} ${value},`;
  }
  return [`    "${key}": [`, ...lines.map((line) => `        ${line}`), '    ],'];
};

/** The lab's numbers as Python. */
export const labNumbers = ({ steps, metrics }: LabNumbers, { forget, retain, test, testRetain }: RunArtifacts) => {
  const picked = pickSteps(steps.length);
  const rows = [forget.length, retain.length, test.y.length, testRetain.length];
  const names = Object.entries(COMPARED);
  return [
    '# Rows behind each accuracy.',
    `ROWS = {${rows.map((count, i) => `"${names[i]?.[1]}": ${count}`).join(', ')}}`,
    '',
    '# What the lab computed.',
    'LAB = {',
    ...pythonList(
      'step',
      picked.map((at) => `${steps[at]}`),
    ),
    ...names.flatMap(([key, name]) =>
      pythonList(
        name,
        picked.map((at) => python(metrics[key]?.[at])),
      ),
    ),
    '}',
    '',
  ];
};

/** How far a number may be from the lab's, in Python and in words. */
export const comparison: readonly string[] = `
def evaluate(model, dtype):
    """Shares of points that are classified right, and mean cross-entropies in nats."""
    x, y = points("train", dtype)
    test_x, test_y = points("test", dtype)
    with torch.no_grad():
        logits, test_logits = model(x), model(test_x)
    right, test_right = logits.argmax(1) == y, test_logits.argmax(1) == test_y
    loss = F.cross_entropy(logits, y, reduction="none")
    rows = {
        "forget accuracy": right[array("forget")],
        "retain accuracy": right[array("retain")],
        "test accuracy": test_right,
        "kept test accuracy": test_right[array("test_retain")],
        "forget loss": loss[array("forget")],
        "retain loss": loss[array("retain")],
    }
    return {name: values.to(dtype).mean().item() for name, values in rows.items() if len(values) > 0}


def tolerance(name, value):
    """Accuracies: half a per cent of the rows, and at least one row. Losses: 0.001 nats and 0.2 per cent."""
    return max(0.005, 1 / ROWS[name]) + 1e-6 if name in ROWS else 0.001 + 0.002 * abs(value)


def distance(mine, other):
    """The largest distance of two runs at any step, in tolerances, with the metric and the step."""
    worst = (0.0, None, None)
    for i, step in enumerate(LAB["step"]):
        for name, value in mine[i].items():
            if other[i][name] is None:
                continue
            size = abs(value - other[i][name]) / tolerance(name, other[i][name])
            worst = max(worst, (size if size == size else float("inf"), name, step), key=lambda one: one[0])
    return worst


def main():
    lab = [{name: LAB[name][i] for name in LAB if name != "step"} for i in range(len(LAB["step"]))]
    single = "--float32" in sys.argv
    mine = run(torch.float32 if single else torch.float64)
    worst, name, step = distance(mine, lab)
    verdict = "agrees" if worst <= 1 else "differs"
    drift = None
    if verdict == "differs":
        # Does this run blow rounding up? Then PyTorch in one precision differs from itself in the other.
        drift = distance(run(torch.float64 if single else torch.float32), mine)[0]
        if worst <= 10 * drift:
            verdict = "agrees within rounding"
    if "--json" in sys.argv:
        said = {"verdict": verdict, "worst": worst, "metric": name, "step": step, "drift": drift, "end": mine[-1]}
        print(json.dumps(said))
    else:
        names = list(mine[0])
        print("step   " + "  ".join(one.rjust(18) for one in names))
        print("       " + "  ".join("PyTorch       lab".rjust(18) for _ in names))
        for i in sorted({round(k * (len(lab) - 1) / 10) for k in range(11)}):
            pairs = [(mine[i][one], lab[i][one]) for one in names]
            cells = [f"{a:8.4f}  {'-' if b is None else format(b, '8.4f'):>8}" for a, b in pairs]
            print(f"{LAB['step'][i]:<7}" + "  ".join(cells))
        print(f"Verdict: {verdict}. The largest distance is {worst:.4f} of what is allowed ({name}, step {step}).")
        if drift is not None:
            print(f"PyTorch in single and in double precision are up to {drift:.4f} of it apart.")
    sys.exit(0 if verdict != "differs" else 1)

`
  .trim()
  .split('\n')
  .concat('', '');

using System.Numerics;
using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Rules;

/// <summary>
/// Draws samples under a rule: a row of the background, in whose columns that the rule names the row's own categories stand, and numbers
/// within the rule's bounds (the sampler of Ribeiro et al. 2018 for tables). The numbers come together from one row of the background to
/// which the rule applies, so that they go with each other and with the categories; where too few rows do, from one to which as many of
/// the rule's first conditions apply as are met by enough rows, and bounds that it breaks from any row within them.
/// </summary>
internal sealed class RuleSampler
{
    private const int EnoughRows = 20;

    private readonly TableRow row;
    private readonly EncodedTable background;
    private readonly Predictor predictor;
    private readonly SamePrediction same;
    private readonly RowRunner runner;
    private readonly Predicate[] predicates;
    private readonly ulong[] all;
    private readonly ulong[][] holds;
    private readonly Dictionary<Predicate, int[]> members = [];

    /// <param name="row">The explained row.</param>
    /// <param name="background">Rows that samples are made of.</param>
    /// <param name="predictor">The model.</param>
    /// <param name="same">Which samples count.</param>
    /// <param name="planned">Samples planned, for progress.</param>
    /// <param name="progress">Told in samples; null for nobody.</param>
    public RuleSampler(TableRow row, EncodedTable background, Predictor predictor, SamePrediction same, long planned, IProgress<ExplanationProgress>? progress)
    {
        this.row = row;
        this.background = background;
        this.predictor = predictor;
        this.same = same;
        runner = new RowRunner(predictor, row.Table, planned, progress);
        predicates = [.. Enumerable.Range(0, background.ColumnCount).SelectMany(column => Predicate.Of(row, background, column))];
        all = Bits(_ => true);
        holds = [.. predicates.Select(HoldsOn)];
    }

    /// <summary>All predicates that hold for the row and say something.</summary>
    public IReadOnlyList<Predicate> Predicates => predicates;

    /// <summary>Samples drawn so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Share of the background's rows to which predicates, by number, apply together.</summary>
    public double Coverage(IReadOnlyList<int> rule) => (double)Together(rule).Sum(word => BitOperations.PopCount(word)) / background.RowCount;

    /// <summary>The background's rows to which predicates, by number, apply together.</summary>
    public IEnumerable<int> Applies(IReadOnlyList<int> rule)
    {
        ulong[] together = Together(rule);
        return Enumerable.Range(0, background.RowCount).Where(other => (together[other / 64] >> (other % 64) & 1) != 0);
    }

    /// <summary>The conditions of a rule, one a column, in the order in which they were added.</summary>
    public IReadOnlyList<Predicate> Conditions(IEnumerable<int> rule) =>
        [.. rule.Select(number => predicates[number]).GroupBy(predicate => predicate.Column).Select(column => column.Aggregate((a, b) => a.And(b)))];

    /// <summary>Draws samples for rules, each from its own stream, and counts those of which the model says the same.</summary>
    public void Draw(IReadOnlyList<Rule> rules, int samples, CancellationToken cancellation)
    {
        if (rules.Count == 0)
            return;
        (IReadOnlyList<Predicate> Conditions, int[] Donors)[] under = [.. rules.Select(rule => (Conditions(rule.Predicates), Donors(rule.Predicates)))];
        int width = predictor.Output.Width;
        double[] scores = new double[rules.Count * samples * width];
        runner.PredictAll(scores, Decision.Space(predictor), Fill, cancellation);
        Samples += (long)rules.Count * samples;
        for (int rule = 0; rule < rules.Count; rule++)
        {
            int hits = 0;
            for (int i = rule * samples; i < (rule + 1) * samples; i++)
                hits += same.Holds(scores.AsSpan(i * width, width)) ? 1 : 0;
            rules[rule].Add(samples, hits);
        }

        void Fill(InputBatch batch, int from, int count)
        {
            for (int i = 0; i < count; i++)
                Write(batch, i, under[(from + i) / samples].Conditions, under[(from + i) / samples].Donors, rules[(from + i) / samples].Random);
        }
    }

    /// <summary>One bit a row of the background.</summary>
    private ulong[] Together(IReadOnlyList<int> rule)
    {
        ulong[] together = [.. all];
        foreach (int predicate in rule)
        {
            for (int word = 0; word < together.Length; word++)
                together[word] &= holds[predicate][word];
        }
        return together;
    }

    private ulong[] HoldsOn(Predicate predicate) => Bits(other => predicate.IsOwn
        ? Predicate.SameAsOwn(row, background, other, predicate.Column)
        : predicate.Holds(background.Number(other, predicate.Column)));

    private ulong[] Bits(Func<int, bool> holdsOn)
    {
        ulong[] bits = new ulong[(background.RowCount + 63) / 64];
        for (int other = 0; other < background.RowCount; other++)
            bits[other / 64] |= holdsOn(other) ? 1UL << (other % 64) : 0;
        return bits;
    }

    /// <summary>Rows that numbers come from: those to which the rule applies, or as many of its first predicates as enough rows meet.</summary>
    private int[] Donors(int[] rule)
    {
        int first = rule.Length;
        while (first > 0 && Together(rule[..first]).Sum(word => BitOperations.PopCount(word)) < EnoughRows)
            first--;
        return [.. Applies(rule[..first])];
    }

    private void Write(InputBatch batch, int at, IReadOnlyList<Predicate> conditions, int[] donors, SeededRandom random)
    {
        background.CopyRange((int)random.Below(background.RowCount), 1, batch, at);
        int donor = donors[random.Below(donors.Length)];
        foreach (Predicate condition in conditions)
        {
            int[] within = condition.IsOwn || condition.Holds(background.Number(donor, condition.Column)) ? [donor] : Members(condition);
            if (condition.IsOwn || within.Length == 0)
                row.Table.CopyColumn(condition.Column, [row.Index], batch, at);
            else
                background.CopyColumn(condition.Column, [within[random.Below(within.Length)]], batch, at);
        }
    }

    private int[] Members(Predicate condition)
    {
        if (!members.TryGetValue(condition, out int[]? rows))
            members[condition] = rows = [.. Enumerable.Range(0, background.RowCount).Where(other => condition.Holds(background.Number(other, condition.Column)))];
        return rows;
    }
}

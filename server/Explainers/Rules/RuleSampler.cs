using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Explainers.Tables;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Rules;

/// <summary>
/// Draws samples under a rule: a row of the background, in whose columns that the rule names the row's own category, or a number of the
/// background within the rule's bounds, stands instead of one that breaks the rule (the sampler of Ribeiro et al. 2018 for tables).
/// </summary>
internal sealed class RuleSampler
{
    private readonly TableRow row;
    private readonly EncodedTable background;
    private readonly Predictor predictor;
    private readonly SamePrediction same;
    private readonly RowRunner runner;
    private readonly Predicate[] predicates;
    private readonly bool[][] holds;
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
        holds = [.. predicates.Select(predicate => Enumerable.Range(0, background.RowCount).Select(other => predicate.IsOwn
            ? Predicate.SameAsOwn(row, background, other, predicate.Column)
            : predicate.Holds(background.Number(other, predicate.Column))).ToArray())];
    }

    /// <summary>All predicates that hold for the row and say something.</summary>
    public IReadOnlyList<Predicate> Predicates => predicates;

    /// <summary>Samples drawn so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Share of the background's rows to which predicates, by number, apply together.</summary>
    public double Coverage(IReadOnlyList<int> rule) => (double)Applies(rule).Count() / background.RowCount;

    /// <summary>The background's rows to which predicates, by number, apply together.</summary>
    public IEnumerable<int> Applies(IReadOnlyList<int> rule) => Enumerable.Range(0, background.RowCount).Where(other => rule.All(predicate => holds[predicate][other]));

    /// <summary>The conditions of a rule, one a column, in the order in which they were added.</summary>
    public IReadOnlyList<Predicate> Conditions(IEnumerable<int> rule) =>
        [.. rule.Select(number => predicates[number]).GroupBy(predicate => predicate.Column).Select(column => column.Aggregate((a, b) => a.And(b)))];

    /// <summary>Draws samples for rules, each from its own stream, and counts those of which the model says the same.</summary>
    public void Draw(IReadOnlyList<Rule> rules, int samples, CancellationToken cancellation)
    {
        if (rules.Count == 0)
            return;
        IReadOnlyList<Predicate>[] conditions = [.. rules.Select(rule => Conditions(rule.Predicates))];
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
                Write(batch, i, conditions[(from + i) / samples], rules[(from + i) / samples].Random);
        }
    }

    private void Write(InputBatch batch, int at, IReadOnlyList<Predicate> conditions, SeededRandom random)
    {
        int drawn = (int)random.Below(background.RowCount);
        background.CopyRange(drawn, 1, batch, at);
        foreach (Predicate condition in conditions)
        {
            if (condition.IsOwn)
            {
                row.Table.CopyColumn(condition.Column, [row.Index], batch, at);
                continue;
            }
            // Drawn in any case: a sample takes the same numbers from its stream whatever its row.
            int[] within = Members(condition);
            int other = within.Length == 0 ? -1 : within[random.Below(within.Length)];
            if (condition.Holds(background.Number(drawn, condition.Column)))
                continue;
            if (other < 0)
                row.Table.CopyColumn(condition.Column, [row.Index], batch, at);
            else
                background.CopyColumn(condition.Column, [other], batch, at);
        }
    }

    private int[] Members(Predicate condition)
    {
        if (!members.TryGetValue(condition, out int[]? rows))
            members[condition] = rows = [.. Enumerable.Range(0, background.RowCount).Where(other => condition.Holds(background.Number(other, condition.Column)))];
        return rows;
    }
}

using ExplainLsp.Explainers.Sampling;
using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>
/// Finds changed rows of which the model says what is wanted: by changing one column, then two and three, and by walking from the row
/// towards rows of the background of which it is said (nearest unlike neighbours, and mixtures of them with the row). Sees the model's
/// answers only.
/// </summary>
internal sealed class CandidateSearch(Trial trial, IReadOnlyList<ColumnFreedom> freedoms, EncodedTable background)
{
    private const long Stream = 0x77686174;
    private const int Beam = 12;
    private const int Prototypes = 24;
    private const int Mixtures = 24;
    private const int MostChanges = 3;
    private const int MostPerColumns = 2;

    /// <summary>Candidates that hold, not yet as small as they can be; deterministic by the seed.</summary>
    /// <param name="unlike">Rows of the background, by index, of which the model says what is wanted.</param>
    /// <param name="seed">The seed of mixtures.</param>
    /// <param name="cancellation">Honoured between model runs.</param>
    public List<Candidate> Find(IReadOnlyList<int> unlike, long seed, CancellationToken cancellation)
    {
        List<Candidate> found = FewChanges(cancellation);
        foreach (Candidate goal in Goals(unlike, seed, cancellation))
        {
            if (!trial.Allows(0.75, freedoms.Count))
                break;
            found.Add(Walk(goal, cancellation));
        }
        return found;
    }

    /// <summary>The background rows as the row may become them; those that may not be reached whole keep the row's own cells.</summary>
    public List<Candidate> Reachable(IReadOnlyList<int> rows, IReadOnlyList<ColumnFreedom> within, CancellationToken cancellation) => [.. rows.Select(row =>
    {
        cancellation.ThrowIfCancellationRequested();
        Cell?[] cells = [.. within.Select(freedom => freedom.Allowed(background, row))];
        return new Candidate(cells, cells.Select((cell, column) => cell is { } changed ? within[column].Cost(changed) : 0).Sum());
    })];

    private List<Candidate> FewChanges(CancellationToken cancellation)
    {
        List<Candidate> found = [];
        List<Candidate> open = [Candidate.Unchanged(freedoms.Count)];
        for (int changes = 1; changes <= MostChanges && open.Count > 0; changes++)
        {
            // Beyond the first change a few values a column must do.
            int values = changes == 1 ? int.MaxValue : 8;
            Candidate[] next = [.. open.SelectMany(from => Enumerable.Range(0, freedoms.Count).Where(column => from.Cells[column] is null)
                .SelectMany(column => Spread(freedoms[column].Grid, values).Select(cell => from.With(column, cell, freedoms))))];
            if (!trial.Allows(0.5, next.Length))
                break;
            double[] gains = trial.Gains(next, cancellation);
            found.AddRange(next.Where((_, i) => gains[i] >= 0)
                .GroupBy(candidate => string.Join(',', candidate.Changed))
                .SelectMany(group => group.OrderBy(candidate => candidate.Cost).Take(MostPerColumns))
                .OrderBy(candidate => candidate.Cost).Take(4 * Beam));
            open = [.. next.Select((candidate, i) => (Candidate: candidate, Gain: gains[i])).Where(pair => pair.Gain < 0 && double.IsFinite(pair.Gain))
                .GroupBy(pair => string.Join(',', pair.Candidate.Changed)).Select(group => group.MaxBy(pair => pair.Gain))
                .OrderByDescending(pair => pair.Gain).Take(Beam).Select(pair => pair.Candidate)];
        }
        return found;
    }

    private List<Candidate> Goals(IReadOnlyList<int> unlike, long seed, CancellationToken cancellation)
    {
        List<Candidate> reachable = [.. Reachable(unlike, freedoms, cancellation).Where(candidate => candidate.Changed.Any()).OrderBy(candidate => candidate.Cost).Take(8 * Prototypes)];
        if (reachable.Count == 0)
            return [];
        var random = new SeededRandom(seed, Stream);
        List<Candidate> goals = [.. reachable.Take(Prototypes)];
        for (int i = 0; i < Mixtures; i++)
        {
            Candidate whole = reachable[(int)random.Below(reachable.Count)];
            Candidate mixed = whole.Changed.Where(_ => random.Uniform() < 0.5).Aggregate(whole, (mixture, column) => mixture.With(column, null, freedoms));
            goals.Add(mixed);
        }
        goals.RemoveAll(goal => !goal.Changed.Any());
        return trial.Allows(0.75, goals.Count) ? trial.Holding(goals, cancellation) : [];
    }

    /// <summary>From the row towards a goal that holds, one column at a time, the one that gains most first, until the model says what is wanted.</summary>
    private Candidate Walk(Candidate goal, CancellationToken cancellation)
    {
        Candidate at = Candidate.Unchanged(freedoms.Count);
        while (true)
        {
            Candidate[] steps = [.. goal.Changed.Where(column => at.Cells[column] is null).Select(column => at.With(column, goal.Cells[column], freedoms))];
            if (steps.Length <= 1 || !trial.Allows(0.75, steps.Length))
                return goal;
            double[] gains = trial.Gains(steps, cancellation);
            // Among steps that arrive the shortest, else the one that gains most, the shorter of equals.
            int best = Enumerable.Range(0, steps.Length).MinBy(i => (gains[i] >= 0 ? 0 : -gains[i], steps[i].Cost));
            at = steps[best];
            if (gains[best] >= 0)
                return at;
        }
    }

    private static IEnumerable<Cell> Spread(IReadOnlyList<Cell> cells, int most) => RowSelection.EvenSpread(cells.Count, most).Select(i => cells[i]);
}

namespace ExplainLsp.Explainers.WhatIf;

/// <summary>
/// Makes changed rows as small as they can be while the model still says what is wanted: changes are taken back one by one, the dearest
/// first, then numbers are moved towards the row's own by bisection. All candidates take each step together, so that the model runs
/// few and large batches.
/// </summary>
internal sealed class BackOff(Trial trial, IReadOnlyList<ColumnFreedom> freedoms)
{
    private const int MostHalvings = 48;

    /// <summary>Makes candidates smaller; all of them hold before and after.</summary>
    public List<Candidate> Shrink(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        Candidate[] smaller = [.. candidates];
        // Once numbers are nearer to the row's own, a change may have become needless, and the other way round.
        for (int pass = 0; pass < 2; pass++)
        {
            TakeBack(smaller, cancellation);
            Approach(smaller, cancellation);
        }
        return [.. smaller];
    }

    private void TakeBack(Candidate[] candidates, CancellationToken cancellation)
    {
        int[] active = [.. Enumerable.Range(0, candidates.Length)];
        while (active.Length > 0)
        {
            var proposals = active
                .SelectMany(at => candidates[at].Changed.Select(column => (At: at, Row: candidates[at].With(column, null, freedoms))))
                .Where(proposal => proposal.Row.Changed.Any())
                .ToArray();
            if (!trial.Allows(1, proposals.Length))
                return;
            double[] gains = trial.Gains([.. proposals.Select(proposal => proposal.Row)], cancellation);
            var better = proposals.Where((_, i) => gains[i] >= 0).GroupBy(proposal => proposal.At)
                .Select(group => (At: group.Key, group.MinBy(proposal => proposal.Row.Cost).Row)).ToArray();
            foreach (var (at, row) in better)
                candidates[at] = row;
            active = [.. better.Select(found => found.At)];
        }
    }

    private void Approach(Candidate[] candidates, CancellationToken cancellation)
    {
        int[][] order = [.. candidates.Select(candidate => candidate.Changed
            .Where(column => freedoms[column].IsNumber && double.IsFinite(freedoms[column].Own.Number))
            .OrderByDescending(column => freedoms[column].Cost(candidate.Cells[column]!.Value)).ToArray())];
        for (int turn = 0; turn < order.Select(columns => columns.Length).DefaultIfEmpty(0).Max(); turn++)
        {
            var searches = Enumerable.Range(0, candidates.Length).Where(at => order[at].Length > turn)
                .Select(at => (At: at, Column: order[at][turn], Fails: freedoms[order[at][turn]].Own.Number)).ToList();
            for (int halving = 0; halving < MostHalvings && searches.Count > 0; halving++)
            {
                var proposals = searches
                    .Select(search => (Search: search, Middle: freedoms[search.Column].Between(search.Fails, candidates[search.At].Cells[search.Column]!.Value.Number)))
                    .Where(proposal => proposal.Middle is not null)
                    .Select(proposal => (proposal.Search, Row: candidates[proposal.Search.At].With(proposal.Search.Column, proposal.Middle, freedoms)))
                    .ToArray();
                if (!trial.Allows(1, proposals.Length))
                    return;
                double[] gains = trial.Gains([.. proposals.Select(proposal => proposal.Row)], cancellation);
                searches.Clear();
                for (int i = 0; i < proposals.Length; i++)
                {
                    var (search, row) = proposals[i];
                    if (gains[i] >= 0)
                        candidates[search.At] = row;
                    searches.Add(gains[i] >= 0 ? search : search with { Fails = row.Cells[search.Column]!.Value.Number });
                }
            }
        }
    }
}

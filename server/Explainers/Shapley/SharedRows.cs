using ExplainLsp.Samples;

namespace ExplainLsp.Explainers.Shapley;

/// <summary>
/// Model rows that coalitions share. On a background row only the present features that differ from it change the model's input, so
/// with d differing features there are 2ᵈ rows, however many coalitions are asked for: a table of categories needs a small part of
/// coalitions × background rows. Holds one prediction a row, each computed once.
/// </summary>
internal sealed class SharedRows
{
    /// <summary>Predictions held at most; games with more rows run every row of every coalition.</summary>
    private const long MostRows = 1 << 20;

    private readonly int[][] players;
    private readonly int[] first;
    private readonly bool[] known;
    private readonly double[] predictions;

    private SharedRows(int[][] players, int rows)
    {
        this.players = players;
        first = new int[players.Length];
        for (int i = 1; i < first.Length; i++)
            first[i] = first[i - 1] + (1 << players[i - 1].Length);
        known = new bool[rows];
        predictions = new double[rows];
    }

    /// <summary>The rows of a game, or null when they are too many to hold, or as many as there are anyway.</summary>
    /// <param name="masker">What makes the rows.</param>
    /// <param name="varying">The features that are players, by their number in the sample.</param>
    public static SharedRows? Of(Masker masker, int[] varying)
    {
        if (Count(masker) is not { } rows || rows > MostRows || rows >= masker.RowsPerCoalition * Math.Pow(2, varying.Length))
            return null;
        int features = masker.Features.Count;
        int[][] players = new int[masker.RowsPerCoalition][];
        for (int i = 0; i < players.Length; i++)
        {
            ReadOnlySpan<bool> differing = masker.Differing.Slice(i * features, features);
            List<int> here = [];
            for (int player = 0; player < varying.Length; player++)
            {
                if (differing[varying[player]])
                    here.Add(player);
            }
            players[i] = [.. here];
        }
        return new SharedRows(players, (int)rows);
    }

    /// <summary>Model rows that all coalitions together need; null where the masker does not tell, or they cannot be counted.</summary>
    public static long? Count(Masker masker)
    {
        if (masker.Differing.IsEmpty)
            return null;
        int features = masker.Features.Count;
        double rows = 0;
        for (int i = 0; i < masker.RowsPerCoalition; i++)
            rows += Math.Pow(2, masker.Differing.Slice(i * features, features).Count(true));
        return rows < long.MaxValue ? (long)rows : null;
    }

    /// <summary>
    /// Whether all coalitions take no more than a budget: that many coalitions, or as many model rows as they would, those that
    /// coalitions share counted once.
    /// </summary>
    public static bool AllFit(Masker masker, long evaluations)
    {
        int players = masker.Varying.Count(varies => varies);
        return players <= ExactShapley.LargestGame
            && (1L << players <= evaluations || (Count(masker) is { } rows && rows <= evaluations * masker.RowsPerCoalition && rows <= MostRows));
    }

    /// <summary>The place of the row that a coalition makes of a background row.</summary>
    public int Place(ReadOnlySpan<bool> coalition, int backgroundRow)
    {
        int place = 0;
        int[] here = players[backgroundRow];
        for (int i = 0; i < here.Length; i++)
            place |= coalition[here[i]] ? 1 << i : 0;
        return first[backgroundRow] + place;
    }

    /// <summary>Whether a row is new; it is not from then on.</summary>
    public bool Claim(int place) => !known[place] && (known[place] = true);

    /// <summary>The prediction of a row.</summary>
    public ref double this[int place] => ref predictions[place];
}

namespace ExplainLsp.Explainers.Shapley;

/// <summary>Choices of some of n players: how many there are, and the one with a given number.</summary>
internal sealed class Combinations
{
    private readonly double[,] counts;
    private readonly int players;

    /// <param name="players">n, 0 or more.</param>
    public Combinations(int players)
    {
        this.players = players;
        counts = new double[players + 1, players + 1];
        for (int n = 0; n <= players; n++)
        {
            counts[n, 0] = 1;
            for (int k = 1; k <= n; k++)
                counts[n, k] = counts[n - 1, k - 1] + counts[n - 1, k];
        }
    }

    /// <summary>n over <paramref name="size"/>: exact below 2⁵³, infinite where a double ends.</summary>
    public double Count(int size) => counts[players, size];

    /// <summary>
    /// Writes the combination of rank <paramref name="rank"/> (below 2⁵³) in lexicographic order, those with player 0 first, as true
    /// values.
    /// </summary>
    public void Unrank(long rank, int size, Span<bool> coalition)
    {
        coalition.Clear();
        for (int player = 0; player < players && size > 0; player++)
        {
            // Of the combinations that are left, so many take this player.
            double with = counts[players - player - 1, size - 1];
            if (rank < with)
            {
                coalition[player] = true;
                size--;
            }
            else
            {
                rank -= (long)with;
            }
        }
    }
}

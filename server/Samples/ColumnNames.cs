namespace ExplainLsp.Samples;

/// <summary>What the names of columns say, spelling differences forgiven.</summary>
public static class ColumnNames
{
    // Names that people give to the column a model learns to predict.
    private static readonly HashSet<string> labels =
    [
        "target", "label", "labels", "class", "y", "income", "outcome", "response", "truth", "groundtruth", "species", "diagnosis", "survived",
    ];

    private static readonly HashSet<string> indices = ["", "index", "id", "rowid", "rownumber", "unnamed0", "indexlevel0"];

    /// <summary>A name without case and punctuation: <c>marital-status</c> and <c>Marital_Status</c> are the same.</summary>
    public static string Normalise(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>Whether a column is named like a label, or like one of <paramref name="further"/> (the model's output).</summary>
    public static bool IsLabel(string name, IEnumerable<string> further)
    {
        var normal = Normalise(name);
        return labels.Contains(normal) || (normal.Length > 0 && further.Any(other => Normalise(other) == normal));
    }

    /// <summary>Whether a column is named like a row's number or id.</summary>
    public static bool IsIndex(string name) => indices.Contains(Normalise(name));

    /// <summary>The name among <paramref name="known"/> that a misspelt one most likely means; null when none is near.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        var normal = Normalise(name);
        var best = known
            .Select(candidate => (candidate, distance: Distance(normal, Normalise(candidate))))
            .DefaultIfEmpty((candidate: "", distance: int.MaxValue))
            .MinBy(pair => pair.distance);
        return best.distance <= Math.Max(1, normal.Length / 3) ? best.candidate : null;
    }

    /// <summary>Levenshtein distance.</summary>
    private static int Distance(string a, string b)
    {
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = previous[0];
            previous[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = previous[j];
                previous[j] = Math.Min(change, Math.Min(previous[j], previous[j - 1]) + 1);
            }
        }
        return previous[^1];
    }
}

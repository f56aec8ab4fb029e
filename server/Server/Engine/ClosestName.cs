namespace ExplainLsp.Server.Engine;

/// <summary>"Did you mean …?": the name nearest to what was typed.</summary>
public static class ClosestName
{
    /// <summary>The nearest name by edit distance (Levenshtein 1966), when it is near enough to be a slip; null for none.</summary>
    public static string? Of(string typed, IEnumerable<string> names)
    {
        var nearest = names
            .Select(name => (Name: name, Distance: Distance(typed.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(pair => pair.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(1, typed.Length / 3) ? nearest.Name : null;
    }

    /// <summary>A sentence to end a message with, and a space before it; empty when nothing is near.</summary>
    public static string Question(string typed, IEnumerable<string> names) => Of(typed, names) is { } name ? $" Did you mean {name}?" : "";

    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}

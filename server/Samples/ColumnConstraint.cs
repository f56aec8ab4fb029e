using System.Collections.Immutable;

namespace ExplainLsp.Samples;

/// <summary>What a user lets a column become, for methods that change cells. Nothing said is nothing forbidden.</summary>
public sealed record ColumnConstraint
{
    /// <summary>The column keeps its value.</summary>
    public bool Immutable { get; init; }

    /// <summary>The least number that it may become; null for the least one seen.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest number that it may become; null for the largest one seen.</summary>
    public double? Maximum { get; init; }

    /// <summary>The values that it may become, as the file writes them; empty for all that are seen.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>In words: <c>immutable</c>, <c>1 to 80</c>, <c>one of Private, State-gov</c>.</summary>
    public override string ToString()
    {
        if (Immutable)
            return "immutable";
        FormattableString range = (Minimum, Maximum) switch
        {
            ({ } least, { } most) => $"{least} to {most}",
            ({ } least, null) => $"{least} or more",
            (null, { } most) => $"{most} or less",
            _ => $"",
        };
        string[] parts = [FormattableString.Invariant(range), Categories.IsEmpty ? "" : $"one of {string.Join(", ", Categories)}"];
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }
}

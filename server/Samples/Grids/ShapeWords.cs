namespace ExplainLsp.Samples;

/// <summary>Shapes in messages.</summary>
internal static class ShapeWords
{
    /// <summary><c>3 × 224 × any</c>; "one number" for a scalar.</summary>
    public static string Of(IEnumerable<int> shape)
    {
        var words = string.Join(" × ", shape.Select(dimension => dimension < 0 ? "any" : $"{dimension}"));
        return words.Length == 0 ? "one number" : words;
    }
}

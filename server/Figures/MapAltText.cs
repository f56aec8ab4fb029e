namespace ExplainLsp.Figures;

/// <summary>A map in words: where it is strongest.</summary>
public static class MapAltText
{
    private const int LongestName = 60;

    /// <summary>"Map for {class} over {file}. Strongest for: {region in words}; against: {…}. Limit ±{n}."</summary>
    public static string Of(MapPlane plane, ImageContext image, FigureContext context)
    {
        var target = NumberText.Cut(Words.OneLine(plane.Explanation.Target.Name), text => text.Length <= LongestName);
        var file = Words.OneLine(image.Name);
        var over = file.Length > 0 ? $" over {NumberText.Cut(file, text => text.Length <= LongestName)}" : "";
        var numbers = MapNumbers.Of(plane, context);
        var most = Place(plane, 1);
        if (!plane.TwoSided) return $"Map for {target}{over}. {(most is null ? "The same everywhere" : $"Strongest: {most}")}. Limit {numbers.Size(plane.Limit)}.";
        var strongest = (most, Place(plane, -1)) switch
        {
            (null, null) => "Zero everywhere.",
            ({ } speaks, null) => $"Strongest for: {speaks}; nothing against.",
            (null, { } denies) => $"Strongest against: {denies}; nothing for.",
            var (speaks, denies) => $"Strongest for: {speaks}; against: {denies}.",
        };
        return $"Map for {target}{over}. {strongest} Limit ±{numbers.Size(plane.Limit)}.";
    }

    /// <summary>The ninth of the picture that holds most of a sign; null for none.</summary>
    private static string? Place(MapPlane plane, int sign)
    {
        var sums = new double[9];
        for (var i = 0; i < plane.Values.Length; i++)
        {
            var value = sign * (plane.Values[i] - plane.Low);
            if (value > 0 && double.IsFinite(value)) sums[(3 * (i / plane.Width * 3 / plane.Height)) + (i % plane.Width * 3 / plane.Width)] += value;
        }

        var best = Array.IndexOf(sums, sums.Max());
        if (!(sums[best] > 0)) return null;
        return (best / 3, best % 3) switch
        {
            (1, 1) => "centre",
            (0, 1) => "top",
            (2, 1) => "bottom",
            (1, 0) => "left",
            (1, 2) => "right",
            var (row, column) => $"{(row == 0 ? "upper" : "lower")} {(column == 0 ? "left" : "right")}",
        };
    }
}

using ExplainLsp.Figures;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>A map in words: where it is strongest, for people who cannot see it.</summary>
internal static class MapWords
{
    /// <summary>"Map for Coat over 00010.png. Strongest for: lower right; against: upper left. Limit ±0.45."</summary>
    public static string Describe(ImageMap map, string title, string file, double limit, int decimals)
    {
        var end = decimals < 0 ? NumberText.Exponent(limit, 3) : NumberText.Fixed(limit, decimals);
        var strongest = Place(map, sign: 1) is { } most ? $" Strongest {(map.IsTwoSided ? "for: " : "at the ")}{most}" : "";
        var against = Place(map, sign: -1) is { } least ? $"; against: {least}" : "";
        return $"{title}, map over {file}.{strongest}{against}{(strongest.Length > 0 ? "." : "")} Limit {(map.IsTwoSided ? "±" : "")}{end}.";
    }

    /// <summary>The ninth of the picture with the most evidence of a sign; null for none.</summary>
    private static string? Place(ImageMap map, int sign)
    {
        var sums = new double[9];
        for (var i = 0; i < map.Values.Length; i++)
        {
            var value = sign * map.Values[i];
            if (value > 0)
            {
                sums[(3 * (i / map.Width * 3 / map.Height)) + (i % map.Width * 3 / map.Width)] += value;
            }
        }

        var best = Array.IndexOf(sums, sums.Max());
        return sums[best] <= 0 ? null : (best / 3, best % 3) switch
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

using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What maps can be coloured with. The stops are close enough that straight lines between them look as OKLab's do.</summary>
internal static class MapColours
{
    private const int Steps = 64;

    /// <summary>The default, and those of papers.</summary>
    public static IReadOnlyList<PanelColourMap> For(Theme theme) =>
    [
        new PanelColourMap(
            "direction", "Orange and blue",
            Stops(share => ColourMap.Diverging(theme.Kind, (2 * share) - 1)), Stops(share => ColourMap.Sequential(theme.Kind, share)), true),
        .. PaperColourMap.All.Select(map => new PanelColourMap(map.Id, map.Title, Stops(map.At), Stops(map.At), false)),
    ];

    private static IReadOnlyList<string> Stops(Func<double, string> colour) => [.. Enumerable.Range(0, Steps + 1).Select(step => colour(step / (double)Steps))];
}

using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>
/// Colour maps of the four kinds of theme: stops interpolated in OKLab. In both, more lies further from the ground, so that a map that
/// is read in grey still shows strength.
/// </summary>
public static class ColourMap
{
    private static readonly ImmutableArray<string>[] DivergingByKind =
    [
        Stops("#6DC1F9 #4A9FD6 #3A7DA9 #315D7A #283E4D #202020 #4D3723 #7A4F27 #A96928 #D68635 #FBA95B"),
        Stops("#1A5AA4 #3B79C6 #669ADB #95BAEA #C5DAF6 #FAFAFA #F4D2C2 #E7AB90 #D68560 #BF6133 #9F440F"),
        Stops("#7DD9FC #45A3C4 #206E88 #083D4E #001219 #000000 #1A0D00 #503201 #8E5C05 #CC8C2F #FFC57C"),
        Stops("#084491 #3067B8 #5E8DD3 #90B3E6 #C5D9F6 #FFFFFF #F1D1C5 #DCA590 #C37B5E #A65230 #803009"),
    ];

    private static readonly ImmutableArray<string>[] SequentialByKind =
    [
        Stops("#33244E #4E3070 #6C3E8F #8C4EA9 #AC62BF #C97AD0 #E495DE #FAB4EB #FEDCF2"),
        Stops("#FEE4F4 #FFBBEF #EF98E9 #D57DDD #B866CD #9853B9 #78449F #5A3880 #3E2D5C"),
        Stops("#271740 #442665 #653686 #8749A4 #AA61BD #CB7BD2 #EA9AE4 #FFC1F1 #FEF1F9"),
        Stops("#FEEEF8 #FFC0F0 #EF98E9 #D27ADA #B160C7 #8F4AAF #6D3892 #4C2A70 #2E1D4B"),
    ];

    /// <summary>Eleven stops from −1 (away) over 0 (the ground's lightness) to +1 (towards), as hex.</summary>
    public static ImmutableArray<string> DivergingStops(ThemeKind kind) => DivergingByKind[(int)kind];

    /// <summary>Nine stops from 0 to 1, as hex.</summary>
    public static ImmutableArray<string> SequentialStops(ThemeKind kind) => SequentialByKind[(int)kind];

    /// <summary>The colour of a signed share of the map's limit, −1 to 1; what lies outside takes the end, NaN the middle.</summary>
    public static string Diverging(ThemeKind kind, double share) =>
        At(DivergingStops(kind), double.IsNaN(share) ? 0.5 : (Math.Clamp(share, -1, 1) + 1) / 2);

    /// <summary>The colour of a share of the map's limit, 0 to 1; what lies outside takes the end, NaN the start.</summary>
    public static string Sequential(ThemeKind kind, double share) =>
        At(SequentialStops(kind), double.IsNaN(share) ? 0 : Math.Clamp(share, 0, 1));

    private static string At(ImmutableArray<string> stops, double share)
    {
        var place = share * (stops.Length - 1);
        var below = (int)Math.Floor(place);
        if (below == place) return stops[below];

        var from = Colour.ToOkLab(Colour.Parse(stops[below]));
        var to = Colour.ToOkLab(Colour.Parse(stops[below + 1]));
        var part = place - below;
        return Colour.Hex(Colour.FromOkLab(
            from.L + ((to.L - from.L) * part), from.A + ((to.A - from.A) * part), from.B + ((to.B - from.B) * part)));
    }

    private static ImmutableArray<string> Stops(string stops) => [.. stops.Split(' ')];
}

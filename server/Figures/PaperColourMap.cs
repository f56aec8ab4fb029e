using System.Collections.Immutable;

namespace ExplainLsp.Figures;

/// <summary>A colour map of papers, for people who must match one: viridis and magma (van der Walt and Smith 2015), grey. The same in every theme.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Stops">Evenly spaced, hex.</param>
public sealed record PaperColourMap(string Id, string Title, ImmutableArray<string> Stops)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<PaperColourMap> All { get; } =
    [
        new("viridis", "Viridis", [.. "#440154 #482878 #3E4989 #31688E #26828E #1F9E89 #35B779 #6ECE58 #B5DE2B #FDE725".Split(' ')]),
        new("magma", "Magma", [.. "#000004 #180F3D #440F76 #721F81 #9E2F7F #CD4071 #F1605D #FD9668 #FECA8D #FCFDBF".Split(' ')]),
        new("grey", "Grey", ["#000000", "#FFFFFF"]),
    ];

    /// <summary>The colour of a share, 0 to 1, as hex; mixed in sRGB between two stops.</summary>
    public string At(double share)
    {
        var place = Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1) * (Stops.Length - 1);
        var below = Math.Min((int)place, Stops.Length - 2);
        return Colour.Hex(Colour.Mix(Colour.Parse(Stops[below]), Colour.Parse(Stops[below + 1]), place - below));
    }
}

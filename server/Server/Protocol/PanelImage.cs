namespace ExplainLsp.Server.Protocol;

/// <summary>A picture with what the model saw in it. The panel draws the maps from their values, so that sliders answer at once.</summary>
/// <param name="Name">"00010.png".</param>
/// <param name="Png">What the model was shown, after resize and crop, PNG, base64; empty for a tensor that is no picture.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Maps">One map, or two to compare; they share one limit where they share a unit.</param>
/// <param name="ColourMaps">What maps can be coloured with, the default first.</param>
/// <param name="Ground">The panel's ground, hex: pictures under a map are dimmed towards it.</param>
/// <param name="Towards">The colour of evidence for the class, hex.</param>
/// <param name="Away">The colour of evidence against it, hex.</param>
public sealed record PanelImage(
    string Name, string Png, int Width, int Height, IReadOnlyList<PanelMap> Maps, IReadOnlyList<PanelColourMap> ColourMaps,
    string Ground, string Towards, string Away);

/// <summary>A map over a picture, channels summed.</summary>
/// <param name="Title">"For Coat".</param>
/// <param name="SubLine">"logit from −12.31 to 5.88".</param>
/// <param name="Caption">What a read-out calls it: "Coat".</param>
/// <param name="Values">Row-major 32-bit floats, little-endian, base64.</param>
/// <param name="Width">Values across; fewer than the picture's pixels for the map of a layer.</param>
/// <param name="Height">Values down.</param>
/// <param name="Low">Where the colours of an amount begin; 0 with direction.</param>
/// <param name="Limit">Where the colours end.</param>
/// <param name="LimitText">"ends at the 99th percentile; largest pixel +0.80".</param>
/// <param name="TwoSided">Whether there is evidence against the class; else the map is an amount.</param>
/// <param name="Smooth">Whether it is enlarged smoothly: the map of a layer.</param>
/// <param name="Decimals">Decimals of its numbers.</param>
/// <param name="Unit">"One pixel, logit of Coat".</param>
/// <param name="For">What the upper end means: "for Coat", "most".</param>
/// <param name="Against">What the other end means: "against Coat", "least".</param>
/// <param name="Alt">The map in words.</param>
public sealed record PanelMap(
    string Title, string SubLine, string Caption, string Values, int Width, int Height, double Low, double Limit, string LimitText, bool TwoSided, bool Smooth,
    int Decimals, string Unit, string For, string Against, string Alt);

/// <summary>A way to colour maps.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">"Orange and blue".</param>
/// <param name="TwoSided">Stops from −limit to +limit, hex, evenly spaced.</param>
/// <param name="OneSided">Stops from 0 to the limit, hex, evenly spaced.</param>
/// <param name="Direction">Whether it shows direction: overlays then use the two colours of direction.</param>
public sealed record PanelColourMap(string Id, string Title, IReadOnlyList<string> TwoSided, IReadOnlyList<string> OneSided, bool Direction);

/// <summary>A contact sheet.</summary>
/// <param name="Items">Its pictures.</param>
/// <param name="Total">How many there are to be.</param>
/// <param name="Legend">What the colours on the pictures mean, in words.</param>
public sealed record PanelSheet(IReadOnlyList<PanelSheetItem> Items, int Total, string Legend);

/// <summary>A picture of a contact sheet.</summary>
/// <param name="Uri">The file.</param>
/// <param name="Name">Its name, with its folder where files of several are shown.</param>
/// <param name="Picture">The picture with its map, base64; empty when it could not be explained.</param>
/// <param name="MediaType">What it is: <c>image/png</c>, or <c>image/webp</c> for photographs.</param>
/// <param name="Prediction">"Coat"; empty when it could not be read.</param>
/// <param name="Score">"97.5 %", or the value of a regression.</param>
/// <param name="Confidence">The score as a number, to sort by; null for none.</param>
/// <param name="Label">The true class; null when it is not labelled.</param>
/// <param name="Right">Whether the model is right; null when it is not known.</param>
/// <param name="Problem">Why it could not be explained; null when it was.</param>
/// <param name="Alt">The map in words.</param>
public sealed record PanelSheetItem(
    string Uri, string Name, string Picture, string MediaType, string Prediction, string Score, double? Confidence, string? Label, bool? Right, string? Problem, string Alt);

using ExplainLsp.Figures;

namespace ExplainLsp.Server.Features.Panels;

/// <summary>What a picture's panel is made of beside its explanations.</summary>
/// <param name="Place">Where the picture is, for people.</param>
/// <param name="Theme">The panel's colours.</param>
/// <param name="Pickers">What can be chosen.</param>
/// <param name="Other">The second class that was asked for, by index as text; null for none.</param>
internal sealed record ImageScene(string Place, Theme Theme, ImagePickers Pickers, string? Other);

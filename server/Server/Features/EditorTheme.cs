using ExplainLsp.Figures;
using ExplainLsp.Server.Protocol;

namespace ExplainLsp.Server.Features;

/// <summary>The editor's colours for figures.</summary>
internal static class EditorTheme
{
    /// <summary>Colours on a hover's ground; VS Code's dark ones before the client told any.</summary>
    public static Theme Hover(ThemeParams? parameters) => Of(parameters, parameters?.Hover);

    /// <summary>Colours on a panel's ground.</summary>
    public static Theme Panel(ThemeParams? parameters) => Of(parameters, parameters?.Panel);

    private static Theme Of(ThemeParams? parameters, IReadOnlyDictionary<string, string>? tokens)
    {
        var kind = parameters?.Kind switch
        {
            "light" => ThemeKind.Light,
            "hc-dark" => ThemeKind.HighContrastDark,
            "hc-light" => ThemeKind.HighContrastLight,
            _ => ThemeKind.Dark,
        };
        return tokens is null ? Theme.Default(kind) : Theme.FromTokens(kind, tokens);
    }
}

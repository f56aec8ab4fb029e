namespace ExplainLsp.Server.Engine;

/// <summary>This product's version.</summary>
public static class ProductVersion
{
    /// <summary>Major, minor and patch: <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly.GetName().Version!.ToString(3);
}

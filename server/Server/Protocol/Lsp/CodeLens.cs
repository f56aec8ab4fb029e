namespace ExplainLsp.Server.Protocol;

/// <summary>A command between the lines.</summary>
/// <param name="Range">The line it stands above.</param>
/// <param name="Command">What it does.</param>
public sealed record CodeLens(LspRange Range, Command Command);

/// <summary>A command of the client's.</summary>
/// <param name="Title">What people read.</param>
/// <param name="Name">Its id (<c>command</c> on the wire).</param>
/// <param name="Arguments">What it is given.</param>
public sealed record Command(
    string Title, [property: Newtonsoft.Json.JsonProperty("command")] string Name, IReadOnlyList<object> Arguments);

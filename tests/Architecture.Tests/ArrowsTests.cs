using System.Xml.Linq;

namespace ExplainLsp.Architecture.Tests;

/// <summary>Arrows between rooms point down, and only where ARCHITECTURE.md draws them.</summary>
public class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Models"] = [],
        ["Samples"] = [],
        ["Workspaces"] = ["Models", "Samples"],
        ["Explainers"] = ["Models", "Samples"],
        ["Figures"] = ["Explainers"],
        ["Server"] = ["Models", "Samples", "Workspaces", "Explainers", "Figures"],
    };

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_UsesOnlyRoomsBelowIt(string room)
    {
        var project = XDocument.Load(Path.Combine(RepositoryRoot(), "server", room, $"ExplainLsp.{room}.csproj"));
        var referenced = project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value).Replace("ExplainLsp.", "", StringComparison.Ordinal));

        Assert.Subset(Allowed[room].ToHashSet(), referenced.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void CompiledRoom_UsesOnlyRoomsBelowIt(string room)
    {
        var assembly = System.Reflection.Assembly.Load(room == "Server" ? "explainlsp" : $"ExplainLsp.{room}");
        var referenced = assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("ExplainLsp.", StringComparison.Ordinal))
            .Select(name => name["ExplainLsp.".Length..]);

        Assert.Subset(Allowed[room].ToHashSet(), referenced.ToHashSet());
    }

    [Fact]
    public void Server_HasExactlyTheSixRooms()
    {
        var rooms = Directory.GetDirectories(Path.Combine(RepositoryRoot(), "server"))
            .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0)
            .Select(folder => Path.GetFileName(folder));

        Assert.Equal(Allowed.Keys.Order(), rooms.Order());
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ExplainLsp.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("ExplainLsp.sln not found above the tests.");
        }

        return folder;
    }
}

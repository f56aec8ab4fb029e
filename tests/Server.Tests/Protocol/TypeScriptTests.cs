namespace ExplainLsp.Server.Tests.Protocol;

/// <summary>The TypeScript front end speaks the same protocol as the server's records.</summary>
public class TypeScriptTests
{
    [Fact]
    public void ProtocolTypes_AreThoseOfTheServer()
    {
        var root = Repository.Root;
        var path = Path.Combine(root, "extension", "src", "protocol.ts");
        var expected = new TypeScriptWriter(Path.Combine(root, "server", "Server", "Protocol")).Write();
        if (Environment.GetEnvironmentVariable("EXPLAINLSP_UPDATE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == expected,
            "extension/src/protocol.ts differs from the server's records: run `npm run protocol`.");
    }
}

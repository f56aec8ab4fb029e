using System.Security.Cryptography;
using ExplainLsp.Explainers;

namespace ExplainLsp.Server.Engine;

/// <summary>Files that options name (masks, baselines, segments): what they hold is part of the question.</summary>
internal static class OptionFiles
{
    /// <summary>Adds what the files hold to a key; an option that names no file adds nothing.</summary>
    public static void AddTo(ContentKey.Builder key, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (Path.HasExtension(value) && File.Exists(value))
            {
                key.Add(HashOf(value));
            }
        }
    }

    private static string HashOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExplainerException($"{path} cannot be read: {exception.Message} Check the file that the option names.");
        }
    }
}

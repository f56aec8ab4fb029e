using ExplainLsp.Server.Engine;

namespace ExplainLsp.Server.Tests.Engine;

public class ContentCacheTests
{
    [Fact]
    public void Add_PastTheCapacity_DropsTheLeastRecentlyUsed()
    {
        var cache = new ContentCache<string>(30, () => false);
        cache.Add(Key("a"), "a", 10);
        cache.Add(Key("b"), "b", 10);
        cache.Add(Key("c"), "c", 10);
        Assert.True(cache.TryGet(Key("a"), out _));

        cache.Add(Key("d"), "d", 10);

        Assert.False(cache.TryGet(Key("b"), out _));
        Assert.All(["a", "c", "d"], name => Assert.True(cache.TryGet(Key(name), out _)));
    }

    [Fact]
    public void Add_LargerThanTheCache_IsNotKept()
    {
        var cache = new ContentCache<string>(30, () => false);

        cache.Add(Key("a"), "a", 31);

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Add_UnderMemoryPressure_EmptiesTheCache()
    {
        var pressure = false;
        var cache = new ContentCache<string>(30, () => pressure);
        cache.Add(Key("a"), "a", 10);

        pressure = true;
        cache.Add(Key("b"), "b", 10);

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Key_PartsThatRunTogether_Differ()
    {
        using var left = new ContentKey.Builder();
        using var right = new ContentKey.Builder();

        Assert.NotEqual(left.Add("ab").Add("c").Build(), right.Add("a").Add("bc").Build());
    }

    private static ContentKey Key(string name)
    {
        using var key = new ContentKey.Builder();
        return key.Add(name).Build();
    }
}

using ExplainLsp.Samples;

namespace ExplainLsp.Workspaces.Tests;

/// <summary>Tables that list images.</summary>
public class ImageListTests
{
    [Fact]
    public void Of_ColumnOfImageFiles_IsAListWithItsLabels()
    {
        var list = ImageList.Of(Table.Parse("id,file,label,label_index\n1,test/a.png,Bag,8\n2,test/b.JPG,Bag,8\n"))!;

        Assert.Equal((1, 2), (list.FileColumn, list.LabelColumn!.Value));
    }

    [Fact]
    public void Of_LabelColumnNamed_TakesIt()
    {
        Assert.Equal(2, ImageList.Of(Table.Parse("file,label,kind\na.npy,x,y\n"), "kind")!.LabelColumn);
    }

    [Fact]
    public void Of_NoLabel_HasNone()
    {
        Assert.Null(ImageList.Of(Table.Parse("file,width\na.png,3\n"))!.LabelColumn);
    }

    [Theory]
    [InlineData("a,b\n1,2\n")]
    [InlineData("file\nnotes.txt\n")]
    [InlineData("file,label\n")]
    [InlineData("file\na.png\n7\n")]
    public void Of_OtherTables_IsNull(string text)
    {
        Assert.Null(ImageList.Of(Table.Parse(text)));
    }
}
